// A file that is not what came in is an exception in the archive; a store that is away is a reason to wait.
import { randomBytes } from 'node:crypto';
import type { FileContent } from '@account-backups/contracts';
import { eventually } from '../../support/eventually.js';
import { testObjectStoreUrl } from '../../support/real-parts.js';
import { documentsOf, openYard, putFile, type Yard } from './build-yard.mjs';
import { completed, leftBehind, openArchive } from './opened-archive.js';
import { openStoreProxy, type StoreProxy } from './store-proxy.mjs';

const MIB = 1_048_576;
const PASSWORD = 'six words in the dark';
/** More than is read before its header is written, and more than a part. */
const LARGE = 13 * MIB;

let proxy: StoreProxy;
let yard: Yard;
const cut = new Map<string, number>();

beforeAll(async () => {
  const url = new URL(testObjectStoreUrl());
  url.pathname = `/bad-${randomBytes(6).toString('hex')}`;
  const cutAfter = ({ method, url: path = '' }: { method?: string; url?: string }) =>
    method === 'GET' ? cut.get(decodeURIComponent(path.split('?')[0] ?? '').slice(url.pathname.length + 1)) : undefined;
  proxy = await openStoreProxy(url.href, { cutAfter });
  yard = await openYard({ objectStoreUrl: proxy.url });
  await yard.startBuilder();
});
afterAll(async () => {
  await yard?.close();
  proxy?.close();
});

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

/** Good ones around a bad one: of a size that makes segments, and of one that does not. */
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
    cut.set(file.objectKey, sizeBytes >> 1);
    expect(await around(file, sizeBytes)).toEqual([['f-1', 'CONTENT_UNREADABLE']]);
  });

  it('that breaks off once is in the archive', async () => {
    const file = await put('f-0', randomBytes(sizeBytes));
    let broken = 0;
    cut.get = (key) => (key === file.objectKey && (broken += 1) === 1 ? sizeBytes >> 1 : undefined);
    const archive = await archiveOf([file]).finally(() => Reflect.deleteProperty(cut, 'get'));
    expect([archive.files.get('f-0'), archive.exceptions.size]).toEqual([file.sha256, 0]);
    expect(broken).toBeGreaterThan(1);
  });
});

it('a file that never came is an exception', async () => {
  expect(await around(null, 10)).toEqual([['f-1', 'FILE_MISSING']]);
});

it('an archive of exceptions only is an archive', async () => {
  const files = await Promise.all([0, 1].map((number) => put(`f-${number}`, randomBytes(LARGE))));
  for (const file of files) await replace(file, randomBytes(LARGE));
  const archive = await archiveOf(files);
  expect([archive.files.size, archive.exceptions.size]).toEqual([0, 2]);
});

it('a store that goes away under way is waited for, and nothing is an exception', async () => {
  const files = await Promise.all([0, 1, 2, 3].map((number) => put(`f-${number}`, randomBytes(LARGE))));
  const calls = proxy.calls.length;
  proxy.rules.latencyMs = 50;
  const archive = archiveOf(files);
  await eventually(() => expect(proxy.calls.slice(calls).some((call) => call.includes('partNumber='))).toBe(true));
  proxy.rules.isAway = true;
  delete proxy.rules.latencyMs;
  await eventually(() => {
    const failed = yard.builders[0]?.events.filter(
      ({ event, outcome }) => event === 'segment.failed' && outcome === 'wait',
    );
    expect(failed).not.toEqual([]);
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
  expect(keys).toHaveLength(yard.outcomes.size);
});
