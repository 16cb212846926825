// A document that lies in no OU: an exception in a Site Admin's backup of all OUs, and nothing to anybody else.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ArchiveCounts, BackupView } from '@account-backups/contracts';
import type { ApiClient } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';
import { directory } from '../support/laboratory.js';
import { sharedLaboratory, type Laboratory } from '../support/provisioned-system.js';

const run = promisify(execFile);

let lab: Laboratory;
let ona: ApiClient;
let ofAdmin: BackupView;

beforeAll(async () => {
  lab = await sharedLaboratory();
  const grants = [{ roleId: 'administration-editor', orgUnitIds: ['chem', 'bio', 'nul'], includeSubUnits: true }];
  const everywhere = { userGroupId: 'everywhere', name: 'Everywhere', memberIds: ['ona'], grants };
  const userGroups = [...directory.userGroups, everywhere];
  expect((await lab.host.put(`${lab.path}/directory`, { ...directory, userGroups })).status).toBe(200);
  const lost = { documentId: 'lost', index: 'SOP-999', title: 'Of the moon', type: 'SOP', orgUnitIds: ['moon'] };
  const lines = [lost, { ...lost, documentId: 'lost-inactive', active: false }].map((one) => JSON.stringify(one));
  await lab.host.raw('POST', `${lab.path}/documents`, lines.join('\n'), 'application/x-ndjson');
  ona = await lab.person('ona');
}, 300_000);

async function built(person: ApiClient, body: object = {}): Promise<BackupView> {
  const requested = await person.post<BackupView>('/api/v1/backups', body);
  expect(requested.status).toBe(201);
  await lab.system.scan();
  return eventually(
    async () => {
      const { body: backup } = await lab.admin.get<BackupView>(`/api/v1/backups/${requested.body.backupId}`);
      expect(backup.status).toBe('completed');
      return backup;
    },
    { deadlineMs: 90_000, everyMs: 250 },
  );
}

async function archiveOf(backup: BackupView): Promise<string> {
  const { body } = await lab.admin.post<{ url: string }>(`/api/v1/backups/${backup.backupId}/downloads`);
  const response = await fetch(body.url, { headers: { authorization: `Bearer ${lab.admin.token}` } });
  const zip = join(lab.system.dataDir, `${backup.backupId}.zip`);
  await writeFile(zip, Buffer.from(await response.arrayBuffer()));
  return zip;
}

async function textOf(zip: string, path: string): Promise<string> {
  const { stdout } = await run('unzip', ['-p', zip, `*/${path}`], { maxBuffer: 2 ** 26 });
  return stdout;
}

it('is an exception in a Site Admin’s backup of all OUs, which is sound and adds up', async () => {
  ofAdmin = await built(lab.admin);
  const zip = await archiveOf(ofAdmin);
  const lines = (await textOf(zip, 'data/exceptions.csv')).split('\r\n').filter((line) => line.startsWith('lost'));
  const message = '“Of the moon” is filed under moon: the account has no such organisational unit.';
  expect(lines).toEqual([`lost,,,,ORG_UNIT_UNKNOWN,${message}`]);
  const { counts } = JSON.parse(await textOf(zip, 'data/provenance.json')) as { counts: ArchiveCounts };
  const { expected, included, excluded, exceptions } = counts.documents;
  expect(exceptions).toBe(1);
  expect(expected).toBe(included + excluded.byActivity + excluded.asSuperseded + exceptions);
  expect(included).toBe(ofAdmin.documentCount);
  expect(ofAdmin.exceptionCount).toBe(counts.files.exceptions + 1);
  expect(await textOf(zip, 'data/metadata/documents.csv')).not.toContain('moon');
  expect(ofAdmin.exceptionCounts).toEqual({ documents: 1, files: counts.files.exceptions });
  const said = await lab.system.command('verify', zip);
  expect(said).toContain(': 0 missing, 0 extra, 0 altered, 0 damaged');
  expect(said).toContain('1 document that lies in no organisational unit (ORG_UNIT_UNKNOWN)');
});

it('is in no backup of another person, though they may back up all OUs', async () => {
  const ofOna = await built(ona);
  expect(ofOna.allOrgUnits).toBe(true);
  const zip = await archiveOf(ofOna);
  expect(await textOf(zip, 'data/exceptions.csv')).not.toContain('lost');
  expect(await textOf(zip, 'data/provenance.json')).not.toContain('moon');
  expect(ofOna.exceptionCount).toBe((ofAdmin.exceptionCount ?? 0) - 1);
});

it('is in no Site Admin’s backup of some OUs', async () => {
  const some = await built(lab.admin, { orgUnitIds: ['chem', 'bio'] });
  expect(await textOf(await archiveOf(some), 'data/exceptions.csv')).not.toContain('lost');
});

it('is hidden with the archive that tells of it', async () => {
  expect((await ona.get(`/api/v1/backups/${ofAdmin.backupId}`)).status).toBe(404);
  expect((await ona.post(`/api/v1/backups/${ofAdmin.backupId}/downloads`)).status).toBe(404);
  const { body } = await ona.get<{ items: BackupView[] }>('/api/v1/backups');
  expect(body.items.map(({ createdBy }) => createdBy.userId).toSorted()).toEqual(['ona', 'sia']);
});
