// Hostile content through the whole system: what comes out is what was registered, whatever the texts try.
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ArchiveCounts, Receipt, SignedReceipt } from '@account-backups/contracts';
import { pythonWithBagit } from '../integration/bag/bagit-validator.js';
import {
  hashesBelow,
  rowsOf,
  startHostile,
  type BuiltArchive,
  type HostileAccount,
} from './archive-content.account.js';
import { documents, expectedOf, type Choice } from './archive-content.hostile.js';

const run = promisify(execFile);
const all: Choice = { includeActive: true, includeInactive: true, excludeSuperseded: false };
const FILES_OF_THE_BAG = 14;

interface Provenance {
  readonly counts: ArchiveCounts;
  readonly scope: { readonly orgUnits: readonly { readonly orgUnitId: string }[] };
  readonly options: object;
}

let account: HostileAccount;
let whole: BuiltArchive;

beforeAll(async () => {
  account = await startHostile();
  whole = await account.archive(all);
}, 240_000);

const json = async (...path: readonly string[]) => JSON.parse(await readFile(join(...path), 'utf8')) as unknown;

describe.each<[string, Choice, string?]>([
  ['everything', all],
  ['active documents', { ...all, includeInactive: false }],
  ['inactive documents, protected', { ...all, includeActive: false }, 'صحيح 🐴 battery'],
  ['what is not superseded', { ...all, excludeSuperseded: true }],
  ['active and not superseded', { includeActive: true, includeInactive: false, excludeSuperseded: true }],
  ['two OUs', { ...all, orgUnitIds: ['dots', 'rtl'] }],
  ['an OU beside its sub-unit', { ...all, orgUnitIds: ['lower'], excludeSuperseded: true }],
])('an archive of %s', (_name, choice, password) => {
  const expected = expectedOf(choice);
  let archive: BuiltArchive;

  beforeAll(async () => {
    archive = await account.archive(choice, password);
  }, 120_000);

  it('holds exactly the documents, versions and files that the options leave', async () => {
    const { bag } = archive;
    const documentRows = await rowsOf(join(bag, 'data/metadata/documents.csv'));
    const versionRows = await rowsOf(join(bag, 'data/metadata/versions.csv'));
    expect(documentRows.map((row) => row['document_id']).toSorted()).toEqual(expected.documentIds);
    expect(versionRows.map((row) => row['version_id']).toSorted()).toEqual(expected.versionIds);
    expect(await hashesBelow(join(bag, 'data/documents'))).toEqual(expected.fileHashes);
  });

  it('lists each file that never came', async () => {
    const rows = await rowsOf(join(archive.bag, 'data/exceptions.csv'));
    expect(rows.map((row) => row['file_id']).toSorted()).toEqual(expected.missingFileIds);
  });

  it('counts the same in row, tables, page, provenance and receipt, and accounts for all', async () => {
    const { backup, bag } = archive;
    const { counts, options } = (await json(bag, 'data/provenance.json')) as Provenance;
    const page = await readFile(join(bag, 'data/index.html'), 'utf8');
    const lines = (await readFile(join(bag, 'data/metadata/documents.jsonl'), 'utf8')).split('\n').filter(Boolean);
    const included = [
      backup.documentCount,
      counts.documents.included,
      lines.length,
      page.match(/<tr><th scope="row"/g)?.length,
    ];
    expect(included).toEqual(included.map(() => expected.documentIds.length));
    expect([backup.exceptionCount, counts.files.exceptions]).toEqual([0, 0].map(() => expected.missingFileIds.length));
    expect([counts.versions.included, counts.files.included]).toEqual([
      expected.versionIds.length,
      expected.fileHashes.length,
    ]);
    expect(counts.documents.expected).toBe(expected.expectedDocuments);
    const accounted = { documents: counts.documents, versions: counts.versions, files: counts.files };
    expect(Object.values(accounted).map(unaccounted)).toEqual([0, 0, 0]);
    const { body: signed } = await account.admin.get<SignedReceipt>(`/api/v1/backups/${backup.backupId}/receipt`);
    expect((JSON.parse(signed.receipt) as Receipt).counts).toEqual({
      documents: backup.documentCount,
      exceptions: backup.exceptionCount,
      accounted,
    });
    const { includeActive, includeInactive, excludeSuperseded } = choice;
    expect(options).toEqual({ includeActive, includeInactive, excludeSuperseded });
  });

  it('is a valid bag, for BagIt and for sha256sum alone', async () => {
    const { bag } = archive;
    await run('sha256sum', ['-c', '--quiet', '--strict', 'manifest-sha256.txt'], { cwd: bag });
    await run('sha256sum', ['-c', '--quiet', '--strict', 'tagmanifest-sha256.txt'], { cwd: bag });
    await expect(run(await pythonWithBagit(), ['-m', 'bagit', '--validate', bag])).resolves.toBeDefined();
  }, 120_000);

  it('has a checkpoint of the audit that opens without a password, and that the audit meets', async () => {
    const { stdout: note } = await run('python3', ['-c', readCheckpoint, archive.zip]);
    const file = `${archive.zip}.checkpoint`;
    await writeFile(file, note);
    const asked = ['--account', account.accountId, '--checkpoint', file, '--json'];
    const said = JSON.parse(await account.system.command('audit', 'verify', ...asked)) as object;
    expect(said).toMatchObject({ fault: null });
  }, 60_000);

  it('passes our own verify, asked of the system too', async () => {
    const options = ['--json', '--online', '--account', account.accountId, '--user', 'sia'];
    const secret = password === undefined ? [] : ['--password', password];
    const said = JSON.parse(await account.system.command('verify', archive.zip, ...options, ...secret)) as object;
    const checked = expected.fileHashes.length + FILES_OF_THE_BAG;
    const { sizeBytes, sha256 } = archive.backup.archive ?? {};
    expect(said).toMatchObject({ ok: true, checked, online: true, whole: { sizeBytes, sha256 } });
  }, 60_000);
});

const readCheckpoint = [
  'import sys,zipfile',
  'archive = zipfile.ZipFile(sys.argv[1])',
  'name = [name for name in archive.namelist() if name.endswith("/metadata/audit-checkpoint.txt")][0]',
  'sys.stdout.buffer.write(archive.read(name))',
].join('\n');

function unaccounted({ expected, included, excluded, exceptions }: ArchiveCounts['files']): number {
  return expected - included - excluded.byActivity - excluded.asSuperseded - exceptions;
}

describe('an archive of hostile texts', () => {
  it('is sound for 7-Zip, bsdtar, Info-ZIP and Python', async () => {
    const { zip } = whole;
    await run('7zz', ['t', zip]);
    await run('bsdtar', ['-tf', zip]);
    await run('unzip', ['-tq', zip]);
    const testEach = 'import sys,zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)';
    await expect(run('python3', ['-c', testEach, zip])).resolves.toBeDefined();
  });

  it('keeps every path short, relative and harmless on any system', async () => {
    const { stdout } = await run('python3', [
      '-c',
      'import json,sys,zipfile; print(json.dumps(zipfile.ZipFile(sys.argv[1]).namelist()))',
      whole.zip,
    ]);
    const names = JSON.parse(stdout) as string[];
    const segments = names.flatMap((name) => name.split('/'));
    expect(names.filter((name) => name.length > 150 || name.startsWith('/'))).toEqual([]);
    expect(new Set(names.map((name) => name.normalize('NFKD').toUpperCase())).size).toBe(names.length);
    expect(segments.filter((each) => each.length > 60 || /^\.*$/.test(each) || /[. ]$/.test(each))).toEqual([]);
    expect(segments.filter((each) => /[<>:"\\|?*\p{Cc}\p{Bidi_Control}]/u.test(each))).toEqual([]);
    expect(segments.filter((each) => /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i.test(each))).toEqual([]);
  });

  it('says what it is and shows every title as text', async () => {
    const page = await readFile(join(whole.bag, 'data/index.html'), 'utf8');
    const readme = await readFile(join(whole.bag, 'README.txt'), 'utf8');
    expect(page).toContain('UNCONTROLLED COPY');
    expect(readme).toMatch(/^UNCONTROLLED COPY as at \d{4}-\d\d-\d\d \d\d:\d\d \+1[23]:45 \(Pacific\/Chatham\)\r\n/);
    expect(page.match(/<script>/g)).toHaveLength(2);
    expect(page).not.toMatch(/<img|href="?javascript|<b>Söhne/i);
  });

  it('keeps each document whole for programs, and guards formulas for spreadsheets', async () => {
    const lines = (await readFile(join(whole.bag, 'data/metadata/documents.jsonl'), 'utf8')).trimEnd().split('\n');
    const kept = lines.map((line) => JSON.parse(line) as { documentId: string; title: string; owners: string[] });
    const known = new Map(documents.map((document) => [document.documentId, document]));
    expect(kept.map(({ title }) => title)).toEqual(kept.map(({ documentId }) => known.get(documentId)?.title));
    expect(kept[0]?.owners).toEqual(['Gone But Owner', '=1+1']);
    const rows = await rowsOf(join(whole.bag, 'data/metadata/documents.csv'));
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });

  it('lists a document under each of its OUs and stores it once', async () => {
    const rows = await rowsOf(join(whole.bag, 'data/metadata/documents.csv'));
    const listed = Object.fromEntries(
      rows.map((row) => [row['document_id'], row['org_unit_ids']?.split('; ').toSorted()]),
    );
    const filed = documents.map(({ documentId, orgUnitIds }) => [documentId, orgUnitIds.toSorted()] as const);
    expect(listed).toEqual(Object.fromEntries(filed));
    const files = await rowsOf(join(whole.bag, 'data/metadata/files.csv'));
    expect(new Set(files.map((row) => row['path'])).size).toBe(files.length);
  });

  it('does not tell the names of OUs that were not asked for', async () => {
    const { bag } = await account.archive({ ...all, orgUnitIds: ['dots'] });
    const { scope } = (await json(bag, 'data/provenance.json')) as Provenance;
    expect(scope.orgUnits.map(({ orgUnitId }) => orgUnitId)).toEqual(['dots']);
    expect(await filesWith('not asked for', whole.bag)).not.toEqual([]);
    expect(await filesWith('not asked for', bag)).toEqual([]);
    expect((await readdir(join(bag, 'data/documents'))).length).toBe(1);
  }, 120_000);
});

async function filesWith(text: string, folder: string): Promise<readonly string[]> {
  const { stdout } = await run('grep', ['-rlF', text, folder]).catch((error: { code: number; stdout: string }) => {
    // grep ends with 1 when it finds nothing, and with 2 when it could not look.
    if (error.code !== 1) throw error;
    return error;
  });
  return stdout.split('\n').filter(Boolean);
}
