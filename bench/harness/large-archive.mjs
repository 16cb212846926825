// An account whose one document is as large as asked, and the archive of it.
import { randomFillSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const FILE_MIB = 64;
const LOOK_MS = 200;

/** Provisions, requests, builds; gives where the archive is downloaded, and by whom. */
export async function makeArchive(system, mib) {
  const account = '/api/v1/provisioning/accounts/bench';
  const host = await system.token('--service', 'host', '--scope', 'provisioning');
  await system.call(host, 'PUT', `${account}/directory`, {
    name: 'Bench',
    timeZone: 'Europe/London',
    facilities: [{ facilityId: 'f', name: 'Facility' }],
    orgUnits: [{ orgUnitId: 'ou', name: 'Unit', facilityId: 'f' }],
    users: [{ userId: 'ada', name: 'Ada', siteAdmin: true }],
  });
  const files = Array.from({ length: Math.ceil(mib / FILE_MIB) }, (_, number) => `file-${number}`);
  await system.call(host, 'POST', `${account}/documents`, files.map(lineOf).join('\n'));
  const content = Buffer.alloc(FILE_MIB * 2 ** 20);
  for (const fileId of files) await system.call(host, 'PUT', `${account}/files/${fileId}`, randomFillSync(content));
  await subscribe(system);
  const person = await system.token('--account', 'bench', '--user', 'ada');
  const { backupId } = await system.call(person, 'POST', '/api/v1/backups', { orgUnitIds: ['ou'] });
  await system.command('scan');
  for (;;) {
    const { status } = await system.call(person, 'GET', `/api/v1/backups/${backupId}`);
    if (status === 'completed') return { person, host, account, backupId };
    if (status === 'failed') throw new Error('the backup failed');
    await sleep(LOOK_MS);
  }
}

function lineOf(fileId) {
  return JSON.stringify({
    documentId: fileId,
    index: fileId,
    title: fileId,
    type: 'SOP',
    active: true,
    orgUnitIds: ['ou'],
    owners: [],
    authors: [],
    versions: [
      {
        versionId: `${fileId}-1`,
        number: '1.0',
        state: 'authorised',
        createdAt: '2025-03-04T05:06:07Z',
        fileId,
        fileName: `${fileId}.bin`,
        mediaType: 'application/octet-stream',
        attachments: [],
      },
    ],
  });
}

async function subscribe(system) {
  const sales = await system.token('--service', 'sales', '--scope', 'subscriptions');
  const answer = await fetch(`${system.subscriptions}/v1/accounts/bench/subscription`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${sales}`, 'content-type': 'application/json' },
    body: JSON.stringify({ startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'bench', note: '' }),
  });
  if (!answer.ok) throw new Error(`subscription: ${answer.status} ${await answer.text()}`);
}
