// A file whose content has changed is an exception in the archive; an unreachable store is a reason to wait.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { MIB, type FileContent } from '@account-backups/contracts';
import { eventually } from '../../support/eventually.js';
import { ownBucketUrl } from '../../support/real-parts.js';
import { documentsOf, putFile } from '../../support/build-yard/documents.js';
import { openYard, type Yard } from '../../support/build-yard/yard.js';
import { completed, leftBehind, openArchive } from './harness.js';
import { openStoreProxy, type StoreProxy } from '../../support/store-proxy.js';

const PASSWORD = 'six words in the dark';
/** Larger than a part, and too large to be read whole before its header is written. */
const LARGE = 13 * MIB;

let proxy: StoreProxy;
let yard: Yard;
/** Objects whose content breaks off, by key. */
const cuts = new Map<string, Cut>();

interface Cut {
  readonly afterBytes: number;
  timesLeft: number;
}

beforeAll(async () => {
  const url = new URL(ownBucketUrl());
  const cutAfter = ({ method, url: path = '' }: IncomingMessage) => {
    if (method !== 'GET') return undefined;
    return cutOf(decodeURIComponent(path.split('?')[0] ?? '').slice(url.pathname.length + 1));
  };
  proxy = await openStoreProxy(url.href, { cutAfter });
  yard = await openYard({ objectStoreUrl: proxy.url });
  await yard.startBuilder();
});
afterAll(async () => {
  await yard?.close();
  proxy?.close();
});

function cutOf(objectKey: string): number | undefined {
  const cut = cuts.get(objectKey);
  if (!cut || cut.timesLeft === 0) return undefined;
  cut.timesLeft -= 1;
  return cut.afterBytes;
}

const put = (fileId: string, content: Buffer) => putFile(yard.store, 'lab', fileId, content);
const replace = (file: FileContent, content: Buffer) => yard.store.put(file.objectKey, content);

async function archiveOf(contents: readonly (FileContent | null)[]) {
  const backupId = await yard.order('lab', documentsOf(contents.map((content) => ({ content }))), PASSWORD);
  const outcome = await completed(yard, backupId);
  expect(yard.outcomes.get(backupId)).toHaveLength(1);
  const archive = await openArchive(yard.store, outcome.objectKey, PASSWORD);
  expect([outcome.documentCount, outcome.exceptionCount]).toEqual([contents.length, archive.exceptions.size]);
  return archive;
}

/** The exceptions of an archive in which a bad file lies between two good ones of this size. */
async function around(bad: FileContent | null, sizeBytes: number) {
  const [before, after] = await Promise.all([put('f-0', randomBytes(sizeBytes)), put('f-2', randomBytes(sizeBytes))]);
  const archive = await archiveOf([before, bad, after]);
  expect(archive.files).toEqual(new Map([before, after].map(({ fileId, sha256 }) => [fileId, sha256])));
  return Array.from(archive.exceptions);
}

describe.each([
  ['small', 1_000],
  ['large', LARGE],
])('a %s file', (_size, sizeBytes) => {
  it('that was altered is an exception', async () => {
    const content = randomBytes(sizeBytes);
    const file = await put('f-1', content);
    content[sizeBytes - 1] = (content[sizeBytes - 1] ?? 0) ^ 1;
    await replace(file, content);
    expect(await around(file, sizeBytes)).toEqual([['f-1', 'CONTENT_CHANGED']]);
  });

  it('that shrinks and was altered is an exception', async () => {
    const file = await put('f-1', Buffer.alloc(sizeBytes, 'the same again and again\n'));
    await replace(file, Buffer.alloc(sizeBytes, 'the same again and agaim\n'));
    expect(await around(file, sizeBytes)).toEqual([['f-1', 'CONTENT_CHANGED']]);
  });

  it.each([-1, 1])('that is %i bytes too long is an exception', async (difference) => {
    const file = await put('f-1', randomBytes(sizeBytes));
    await replace(file, randomBytes(sizeBytes + difference));
    expect(await around(file, sizeBytes)).toEqual([['f-1', 'CONTENT_CHANGED']]);
  });

  it('that was deleted is an exception', async () => {
    const file = await put('f-1', randomBytes(sizeBytes));
    await yard.store.delete(file.objectKey);
    expect(await around(file, sizeBytes)).toEqual([['f-1', 'CONTENT_LOST']]);
  });

  it('that always breaks off half-way is an exception', async () => {
    const file = await put('f-1', randomBytes(sizeBytes));
    cuts.set(file.objectKey, { afterBytes: sizeBytes >> 1, timesLeft: Infinity });
    expect(await around(file, sizeBytes)).toEqual([['f-1', 'CONTENT_UNREADABLE']]);
  });

  it('that breaks off once is in the archive', async () => {
    const file = await put('f-0', randomBytes(sizeBytes));
    const cut = { afterBytes: sizeBytes >> 1, timesLeft: 1 };
    cuts.set(file.objectKey, cut);
    const archive = await archiveOf([file]);
    expect([archive.files.get('f-0'), archive.exceptions.size]).toEqual([file.sha256, 0]);
    expect(cut.timesLeft).toBe(0);
    expect(
      proxy.calls.filter((call) => call.startsWith('GET') && call.includes(file.objectKey)).length,
    ).toBeGreaterThan(1);
  });
});

it('a file that never came is an exception', async () => {
  expect(await around(null, 10)).toEqual([['f-1', 'FILE_MISSING']]);
});

it('an archive of documents that have no file but those that never came is an archive', async () => {
  const archive = await archiveOf([null, null]);
  expect([archive.files.size, archive.exceptions.size]).toEqual([0, 2]);
});

it.each([10, LARGE])('contents of %d bytes of which none can be read fail the backup', async (sizeBytes) => {
  const files = await Promise.all([0, 1].map((number) => put(`f-${number}`, randomBytes(sizeBytes))));
  await replace(files[0] as FileContent, randomBytes(sizeBytes));
  await yard.store.delete((files[1] as FileContent).objectKey);
  const backupId = await yard.order('lab', documentsOf([...files, null].map((content) => ({ content }))), PASSWORD);
  const [outcome] = await eventually(() => {
    const found = yard.outcomes.get(backupId) ?? [];
    expect(found).not.toEqual([]);
    return found;
  });
  expect(outcome).toMatchObject({ status: 'failed', code: 'contents_lost' });
});

it('a store that goes away under way is waited for, and nothing is an exception', async () => {
  const files = await Promise.all([0, 1, 2, 3].map((number) => put(`f-${number}`, randomBytes(LARGE))));
  const calls = proxy.calls.length;
  proxy.rules.latencyMs = 50;
  const archive = archiveOf(files);
  await eventually(() => expect(proxy.calls.slice(calls).some((call) => call.includes('partNumber='))).toBe(true));
  const logged = yard.builders[0]?.events.length ?? 0;
  proxy.rules.isAway = true;
  delete proxy.rules.latencyMs;
  await eventually(() => {
    const since = yard.builders[0]?.events.slice(logged) ?? [];
    expect(since).toContainEqual(expect.objectContaining({ event: 'segment.failed', outcome: 'wait' }));
  });
  proxy.rules.isAway = false;
  const { files: found, exceptions } = await archive;
  expect(found).toEqual(new Map(files.map(({ fileId, sha256 }) => [fileId, sha256])));
  expect(exceptions.size).toBe(0);
});

it('leaves archives and nothing else', async () => {
  const keys = await eventually(async () => {
    const left = await leftBehind(yard.store);
    expect(left.filter((key) => !key.endsWith('/archive.zip'))).toEqual([]);
    return left;
  });
  const whole = [...yard.outcomes.values()].filter((ends) => ends.some(({ status }) => status === 'completed'));
  expect(keys).toHaveLength(whole.length);
});
