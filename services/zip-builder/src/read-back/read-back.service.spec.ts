import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import {
  addTallies,
  BAG_FILES,
  CHECKPOINT_PATH,
  DocumentPlanner,
  emptyTally,
  OrgUnitFolders,
  tallyIncluded,
  type ArchiveFacts,
} from '@account-backups/bag';
import { MIB, type RegisteredDocument } from '@account-backups/contracts';
import { openObjectStore, type ObjectStore } from '@account-backups/object-store';
import {
  centralDirectory,
  placed,
  prepareEntry,
  rangesOfBytes,
  SegmentWriter,
  sourceOfBytes,
  ZipReader,
  type EntrySource,
  type PreparedEntry,
} from '@account-backups/zip';
import fc from 'fast-check';
import type { ExpectedArchive } from './archive-check.js';
import { closingEntries } from '../closing/closing-entries.js';
import { textRows } from '../texts/growing-texts.js';
import { ReadBackService } from './read-back.service.js';
import { heldPieces } from '../texts/text-pieces.js';

const NEVER = new AbortController().signal;
const NOTE = 'a signed note\n';
const bagRoot = 'lab_20260301T120000Z_1a2b3c4d';
const at = '2026-03-01T12:00:00.000Z';
const scope = {
  facilities: [],
  orgUnits: [{ orgUnitId: 'chem', name: 'Chemistry', parentOrgUnitId: null, facilityId: null }],
};
const contents = ['first '.repeat(500), 'second', ''].map((text) => Buffer.from(text));

function documentOf(fileId: string): RegisteredDocument {
  const version = { versionId: 'v', number: '1', state: 'draft', createdAt: at, fileId, fileName: 'a.txt' } as const;
  const names = { type: 'SOP', category: null, section: null, owners: [], authors: [] };
  const review = { reviewFrequencyMonths: null, nextReviewAt: null };
  const versions = [
    { ...version, authorisedAt: null, authorisedBy: null, mediaType: null, externalUrl: null, attachments: [] },
  ];
  const document = { documentId: fileId, index: 'S-1', title: 'Same', active: true, orgUnitIds: ['chem'], versions };
  return { ...document, ...names, ...review };
}

const planner = new DocumentPlanner({ bagRoot, folders: new OrgUnitFolders(scope, bagRoot), expectedDocuments: 3 });
const records = contents.map((content, number) => {
  const document = documentOf(`f${number}`);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const known = {
    fileId: `f${number}`,
    objectKey: `files/f${number}`,
    sizeBytes: content.length,
    sha256,
    crc32: crc32(content),
  };
  return planner.plan({ document, versions: document.versions, contentOf: () => known });
});
const tally = records.map(tallyIncluded).reduce(addTallies, emptyTally);
const archiveFacts: ArchiveFacts = {
  bagRoot,
  backupId: '1a2b3c4d-0000-4000-8000-000000000000',
  account: { accountId: 'lab', name: 'Lab', timeZone: 'UTC' },
  asAt: at,
  requestedAt: at,
  requestedBy: { userId: 'ada', name: 'Ada' },
  allOrgUnits: true,
  options: { includeActive: true, includeInactive: true, excludeSuperseded: false },
  passwordProtected: false,
  software: { name: 'Account Backups', version: '0' },
  tally,
};

/** The entries of an archive in order, or what an archive has instead of them. */
type Change = (documents: readonly EntrySource[]) => readonly EntrySource[];

const planned: Change = (documents) => documents;

const documents = records
  .flatMap((record) => record.files)
  .map((file, number) => sourceOfBytes(`${bagRoot}/${file.path}`, contents[number] ?? Buffer.alloc(0), new Date(at)));

interface Shape {
  readonly password?: string;
  readonly change?: Change;
  /** Of the bag's own files, by their paths from the bag's root. */
  readonly leftOut?: string;
  readonly added?: EntrySource;
}

async function* entriesOf({ password, change = planned, leftOut, added }: Shape): AsyncGenerator<PreparedEntry> {
  const options = password === undefined ? {} : { password };
  for (const source of change(documents)) yield prepareEntry(source, options);
  const facts = { archive: archiveFacts, scope, builtAt: at, auditChainHead: null, auditCheckpoint: NOTE };
  const rows = heldPieces(await textRows({ archive: archiveFacts, scope }, records));
  for await (const entry of closingEntries(facts, rows, password)) {
    if (entry.facts.name === `${bagRoot}/${leftOut}`) for await (const _chunk of entry.bytes()) continue;
    else yield entry;
  }
  if (added) yield prepareEntry(added, options);
}

async function archiveOf(shape: Shape = {}): Promise<Buffer> {
  const blocks: Buffer[] = [];
  const writer = new SegmentWriter();
  for await (const block of writer.write(entriesOf(shape))) blocks.push(block);
  for await (const block of centralDirectory(placed(writer.records, 0), writer.sizeBytes)) blocks.push(block);
  return Buffer.concat(blocks);
}

describe('ReadBackService', () => {
  let folder: string;
  let store: ObjectStore;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'read-back-'));
    store = openObjectStore(pathToFileURL(folder).href);
    await store.initialise();
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function readBack(bytes: Buffer, expected: Partial<ExpectedArchive> = {}, READ_BACK_MIB = 1) {
    const key = 'accounts/lab/archive';
    const { sizeBytes: storedBytes } = await store.put(key, bytes);
    const { files, sizeBytes } = tally;
    const all = { bagRoot, fileCount: files.included, fileBytes: sizeBytes, password: undefined, ...expected };
    return new ReadBackService(store, { READ_BACK_MIB }).read({ key, sizeBytes: storedBytes }, all, NEVER);
  }

  /** The archive with one bit of the content of `text` turned. */
  function damaged(bytes: Buffer, text: string): Buffer {
    const place = bytes.indexOf(text);
    expect(place).toBeGreaterThan(0);
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(place) ^ 1, place);
    return copy;
  }

  const unreadable = (message: string | RegExp) =>
    expect.objectContaining({ code: 'ARCHIVE_UNREADABLE', message: expect.stringMatching(message) });

  it('knows every file that ends an archive', async () => {
    const bytes = await archiveOf();
    const names: string[] = [];
    for await (const { name } of (await ZipReader.open(rangesOfBytes(bytes), bytes.length)).entries()) names.push(name);
    expect(names.slice(contents.length)).toEqual(BAG_FILES.map((path) => `${bagRoot}/${path}`));
  });

  it.each([undefined, 'correct horse'])('passes an archive as it was planned (password: %s)', async (password) => {
    const bytes = await archiveOf(password === undefined ? {} : { password });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await readBack(bytes, { password })).toEqual({ sizeBytes: bytes.length, sha256 });
  });

  it('has the checkpoint of the audit in the clear, also where all else is encrypted', async () => {
    const bytes = await archiveOf({ password: 'correct horse' });
    const archive = await ZipReader.open(rangesOfBytes(bytes), bytes.length);
    const clear: string[] = [];
    for await (const entry of archive.entries()) {
      if (entry.encrypted || entry.sizeBytes === 0) continue;
      clear.push(entry.name);
      expect(await textOf(archive.content(entry))).toBe(NOTE);
    }
    expect(clear).toEqual([`${bagRoot}/${CHECKPOINT_PATH}`]);
  });

  it('passes documents of any year, whether their contents are opened or not', async () => {
    const year = fc.date({ min: new Date('0000-01-01'), max: new Date('+010000-01-02'), noInvalidDate: true });
    const years = fc.tuple(year, year, year);
    const property = fc.asyncProperty(years, fc.constantFrom(0, 1), async (times, readBackMib) => {
      const dated: Change = (all) => all.map((each, number) => ({ ...each, modifiedAt: times[number] ?? new Date() }));
      const bytes = await archiveOf({ change: dated });
      expect(await readBack(bytes, {}, readBackMib)).toMatchObject({ sizeBytes: bytes.length });
    });
    await fc.assert(property, {
      numRuns: 25,
      examples: [[[new Date('0001-01-01'), new Date('1900-01-01'), new Date('9999-12-31T23:59:59.999Z')], 0]],
    });
  });

  it('refuses a document whose content changed', async () => {
    const bytes = damaged(await archiveOf(), 'second');
    await expect(readBack(bytes)).rejects.toEqual(unreadable(/a~[0-9a-f]{6}\.txt|a\.txt does not match its CRC-32/));
  });

  it('refuses a large document of which a bit turned', async () => {
    const large = sourceOfBytes(documents[0]?.name ?? '', randomBytes(2 * MIB), new Date(at));
    const bytes = await archiveOf({ change: (all) => all.with(0, large) });
    const fileBytes = tally.sizeBytes - (contents[0]?.length ?? 0) + large.sizeBytes;
    expect(await readBack(bytes, { fileBytes }, 3)).toMatchObject({ sizeBytes: bytes.length });
    bytes.writeUInt8(bytes.readUInt8(1_500_000) ^ 1, 1_500_000);
    await expect(readBack(bytes, { fileBytes }, 3)).rejects.toEqual(unreadable('does not match its CRC-32'));
  });

  it('refuses a content that is another one than the manifest says, its CRC notwithstanding', async () => {
    const other = sourceOfBytes(documents[1]?.name ?? '', Buffer.from('SECOND'), new Date(at));
    const bytes = await archiveOf({ change: (all) => all.with(1, other) });
    await expect(readBack(bytes)).rejects.toEqual(unreadable('a\\.txt has the SHA-256'));
  });

  it('refuses an archive that lacks a document', async () => {
    const bytes = await archiveOf({ change: (all) => all.slice(1) });
    await expect(readBack(bytes)).rejects.toEqual(unreadable('the archive has 2 files, expected 3'));
  });

  it('refuses an archive that lacks a file of the bag', async () => {
    const bytes = await archiveOf({ leftOut: 'data/exceptions.csv' });
    await expect(readBack(bytes)).rejects.toEqual(unreadable('lacks data/exceptions.csv'));
  });

  it('refuses an entry that nobody planned', async () => {
    const stranger = sourceOfBytes(`${bagRoot}/data/note.txt`, Buffer.from('x'), new Date(at));
    const bytes = await archiveOf({ added: stranger });
    await expect(readBack(bytes)).rejects.toEqual(unreadable('note.txt, which was not planned'));
  });

  it('refuses an archive in the clear that was to be protected', async () => {
    const bytes = await archiveOf();
    await expect(readBack(bytes, { password: 'secret' })).rejects.toEqual(unreadable('is not encrypted'));
  });

  it('refuses an archive that is protected with another password', async () => {
    const bytes = await archiveOf({ password: 'one' });
    await expect(readBack(bytes, { password: 'other' })).rejects.toEqual(
      unreadable('does not open with this password'),
    );
  });

  it('refuses an archive that is cut off', async () => {
    const bytes = await archiveOf();
    await expect(readBack(bytes.subarray(0, -30), {}, 0)).rejects.toEqual(unreadable('no directory'));
  });

  it('refuses an archive of which a piece was lost on the way', async () => {
    const bytes = await archiveOf();
    const lost = Buffer.concat([bytes.subarray(0, 40), bytes.subarray(50)]);
    await expect(readBack(lost, {}, 0)).rejects.toMatchObject({ code: 'ARCHIVE_UNREADABLE' });
  });

  it('does not open the entries of an archive that is larger than it was told', async () => {
    const bytes = damaged(await archiveOf(), 'second');
    expect(await readBack(bytes, {}, 0)).toMatchObject({ sizeBytes: bytes.length });
  });

  it('does not open the entries of a small archive that hold more than it was told', async () => {
    const large = sourceOfBytes(documents[0]?.name ?? '', Buffer.alloc(2 * MIB, 'shrinks '), new Date(at));
    const password = 'correct horse';
    const bytes = await archiveOf({ change: (all) => all.with(0, large), password });
    const fileBytes = tally.sizeBytes - (contents[0]?.length ?? 0) + large.sizeBytes;
    expect(bytes.length).toBeLessThan(MIB);
    expect(await readBack(bytes, { fileBytes, password }, 1)).toMatchObject({ sizeBytes: bytes.length });
    await expect(readBack(bytes, { fileBytes, password }, 3)).rejects.toEqual(unreadable('has the SHA-256'));
  });
});
