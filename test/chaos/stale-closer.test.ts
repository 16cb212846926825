// A builder that stands still for longer than its lease while it joins an archive changes nothing when it wakes.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MIB } from '@account-backups/contracts';
import { eventually } from '../support/eventually.js';
import type { YardBuilder } from '../support/build-yard/builder.js';
import { documentsOf, putFile, type YardDocuments } from '../support/build-yard/documents.js';
import { openYard, type Yard } from '../support/build-yard/yard.js';
import { completed, leftBehind } from '../integration/zip-builder/harness.js';

const FILES = 30;
const FILE_BYTES = 8 * MIB;
/** Such a file is an archive of which all parts have been joined, but for its end. */
const JOINED_BYTES = FILES * FILE_BYTES;

let root: string;
let yard: Yard;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'account-backups-stale-'));
  yard = await openYard({ objectStoreUrl: pathToFileURL(root).href });
});
afterAll(async () => {
  await yard?.close();
  await rm(root, { recursive: true, force: true });
});

async function isJoining(): Promise<boolean> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const unfinished = entries.filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(root, 'objects')));
  const found = await Promise.all(
    unfinished.map((entry) => stat(join(entry.parentPath, entry.name)).catch(() => undefined)),
  );
  return found.some((file) => (file?.size ?? 0) >= JOINED_BYTES);
}

/** The moment is short, and may be over before a busy machine has looked: then with another backup. */
async function stoppedWhileJoining({ child }: YardBuilder, documents: YardDocuments): Promise<string> {
  for (;;) {
    const backupId = await yard.order('lab', documents, 'six words');
    while (!yard.outcomes.has(backupId)) {
      if (!(await isJoining())) continue;
      child.kill('SIGSTOP');
      return backupId;
    }
    await yard.end('lab', backupId);
    await eventually(() => expect(yard.outcomes.get(backupId)?.at(-1)?.status).toBe('deleted'));
  }
}

async function sha256Of(objectKey: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await yard.store.get(objectKey)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

it('leaves the archive that another builder finished as it was', async () => {
  const contents = await Promise.all(
    Array.from({ length: FILES }, (_, number) => putFile(yard.store, 'lab', `f-${number}`, randomBytes(FILE_BYTES))),
  );
  const stale = await yard.startBuilder();
  const backupId = await stoppedWhileJoining(stale, documentsOf(contents.map((content) => ({ content }))));
  await yard.startBuilder();
  const { objectKey, sha256 } = await completed(yard, backupId);
  expect(await sha256Of(objectKey)).toBe(sha256);
  stale.child.kill('SIGCONT');
  await eventually(() =>
    expect(stale.events).toContainEqual(
      expect.objectContaining({ backupId, event: expect.stringMatching(/^archive\.close(d|-failed)$/) as string }),
    ),
  );
  expect(await sha256Of(objectKey)).toBe(sha256);
  await eventually(async () => expect(await leftBehind(yard.store)).toEqual([objectKey]));
}, 240_000);
