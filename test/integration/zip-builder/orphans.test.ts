// What no row names goes from the store after a safe time; what a row names, or may name, stays.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileKey, randomKeyPart } from '@account-backups/object-store';
import { eventually } from '../../support/eventually.js';
import { documentsOf, putFile } from '../../support/build-yard/documents.js';
import { openYard, type Yard } from '../../support/build-yard/yard.js';
import { ownBucketUrl } from '../../support/real-parts.js';
import { completed } from './harness.js';

const GRACE_MS = 3_000;
const settings = { CONTENT_GRACE_SECONDS: String(GRACE_MS / 1_000) };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'account-backups-orphans-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(['files', 'S3'])('an object on %s', (kind) => {
  let yard: Yard;

  beforeAll(async () => {
    const objectStoreUrl = kind === 'S3' ? ownBucketUrl() : pathToFileURL(join(folder, 'store')).href;
    yard = await openYard({ objectStoreUrl, settings });
    await yard.startBuilder();
  });
  afterAll(() => yard?.close());

  async function keys(): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const key of yard.store.list('accounts/')) found.push(key);
    return found;
  }

  async function uploads(): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const { uploadId } of yard.store.listUploads('')) found.push(uploadId);
    return found;
  }

  it('goes when no row names it and it is old enough, and only then', async () => {
    const known = await putFile(yard.store, 'lab', 'f-0', randomBytes(1_000));
    const { objectKey } = await completed(yard, await yard.order('lab', documentsOf([{ content: known }])));
    const late = [`${objectKey.replace('/archive.zip', '')}/records/000000-1.json`, objectKey.replace('.zip', '.old')];
    const foreign = 'accounts/gone/backups/00000000-0000-4000-8000-000000000000/x/archive.zip';
    for (const key of [...late, foreign]) await yard.store.put(key, Buffer.from('late'));
    const content = fileKey('lab', randomKeyPart());
    yard.unregistered.add(content);
    const putAt = performance.now();
    await yard.store.put(content, Buffer.from('an upload that died'));
    await eventually(async () => expect(await keys()).toEqual([objectKey, known.objectKey].toSorted()));
    // By the store's clock, which counts whole seconds on S3.
    expect(performance.now() - putAt).toBeGreaterThan(GRACE_MS - 1_000);
    const stale = { key: fileKey('lab', randomKeyPart()), uploadId: '' };
    stale.uploadId = await yard.store.createUpload(stale.key);
    // MinIO lists uploads by their whole key only.
    if (kind === 'S3') return;
    await eventually(async () => expect(await uploads()).toEqual([]));
  });

  it('stays, with an alarm, when it is one of many contents of which the register knows none', async () => {
    const contents = await Promise.all(
      Array.from({ length: 25 }, (_, number) => putFile(yard.store, 'other', `f-${number}`, randomBytes(10))),
    );
    for await (const key of yard.store.list('accounts/')) yard.unregistered.add(key);
    const alarm = { event: 'store.unknown-contents' };
    await eventually(() => expect(yard.builders[0]?.events).toContainEqual(expect.objectContaining(alarm)), {
      deadlineMs: 30_000,
    });
    for (const { objectKey } of contents) expect(await yard.store.stat(objectKey)).not.toBeNull();
  });
});
