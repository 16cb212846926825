// Parts that are too large to be held: streamed into the store. The register says 200 GB, so that the cut is made for
// that; what comes is less.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { MIB } from '@account-backups/contracts';
import { documentsOf, putFile } from '../../support/build-yard/documents.js';
import { openYard, type Yard } from '../../support/build-yard/yard.js';
import { completed, openArchive } from './harness.js';

const PASSWORD = 'six words in the dark';

let yard: Yard;

beforeAll(async () => {
  yard = await openYard();
  // The flags for machines where memory counts.
  await yard.startBuilder({ NODE_FLAGS: '--max-semi-space-size=2 --max-old-space-size=160', MALLOC_ARENA_MAX: '2' });
});
afterAll(() => yard?.close());

const put = (number: number, content: Buffer) => putFile(yard.store, 'lab', `f-${number}`, content);

async function contents() {
  const sizes = [70, 60, 0.1, 9, 70, 0.2, 30, 66].map((mib) => Math.floor(mib * MIB));
  const files = [];
  for (const [number, size] of sizes.entries()) files.push(await put(number, randomBytes(size)));
  files.push(await put(files.length, Buffer.alloc(40 * MIB, 'the same again and again\n')));
  files.push(await put(files.length, Buffer.alloc(2 * MIB, 'the same again and again\n')));
  return files;
}

it('streams parts larger than a buffer, leaves bad files out, and holds little of them', async () => {
  const files = await contents();
  const [, altered, , , , short] = files;
  await yard.store.put(altered?.objectKey ?? '', randomBytes(60 * MIB));
  await yard.store.put(short?.objectKey ?? '', randomBytes(1_000));
  const documents = { ...documentsOf(files.map((content) => ({ content }))), sizeBytes: 200e9 };
  const backupId = await yard.order('lab', documents, PASSWORD);
  const outcome = await completed(yard, backupId);
  const { rows } = await yard.sql.query<{ part_bytes: string; built: string }>(
    `SELECT facts->>'partBytes' AS part_bytes, status AS built FROM zip_builder.builds`,
  );
  expect(Number(rows[0]?.part_bytes)).toBeGreaterThan(32 * MIB);
  const archive = await openArchive(yard.store, outcome.objectKey, PASSWORD);
  const good = files.filter((file) => file !== altered && file !== short);
  expect(archive.files).toEqual(new Map(good.map(({ fileId, sha256 }) => [fileId, sha256])));
  expect(Array.from(archive.exceptions)).toEqual([
    ['f-1', 'CONTENT_CHANGED'],
    ['f-5', 'CONTENT_CHANGED'],
  ]);
  const status = readFileSync(`/proc/${yard.builders[0]?.pid}/status`, 'utf8');
  const peakKib = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]);
  // Less than the program and one of these parts; `bench/build-memory` has the figure to reach.
  expect(peakKib).toBeLessThan(300 * 1_024);
});
