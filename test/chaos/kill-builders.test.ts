// `kill -9` of random builders while they plan, build and close: each archive and each segment is made once.
import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MIB, type FileContent } from '@account-backups/contracts';
import { eventually } from '../support/eventually.js';
import { numbersOf, type Random } from '../support/seeded.js';
import { documentsOf, putFile } from '../support/build-yard/documents.js';
import { openYard, type Yard } from '../support/build-yard/yard.js';
import { completed, leftBehind, openArchive } from '../integration/zip-builder/harness.js';

const PASSWORD = 'six words in the dark';
const BUILDERS = 3;
const KILLS = 15;
const SEED = Number(process.env.CHAOS_SEED ?? randomInt(1, 0x7fffffff));

let yard: Yard;
let random: Random;

beforeEach(async () => {
  random = numbersOf(SEED);
  yard = await openYard();
  await Promise.all(Array.from({ length: BUILDERS }, () => yard.startBuilder()));
}, 120_000);
afterEach(() => yard.close());

/** Many small files, some larger than a part, a few compressible: about three to a segment. */
async function contents(count: number): Promise<FileContent[]> {
  const files: FileContent[] = [];
  for (let number = 0; number < count; number += 1) {
    const sizeBytes = number % 10 === 0 ? 12 * MIB : 1_000 + number * 20_000;
    const bytes = number % 7 === 3 ? Buffer.alloc(sizeBytes, `line ${number}\n`) : randomBytes(sizeBytes);
    files.push(await putFile(yard.store, 'lab', `f-${number}`, bytes));
  }
  return files;
}

async function dropped(files: readonly FileContent[]): Promise<void> {
  await Promise.all(files.map(({ objectKey }) => yard.store.delete(objectKey)));
}

const livingBuilders = () => yard.builders.filter(({ child }) => child.exitCode === null && child.signalCode === null);

/** Segment number → its fence and its result, for finished segments. */
async function finishedSegments(): Promise<ReadonlyMap<number, string>> {
  const { rows } = await yard.sql.query<{ number: number; mark: string }>(
    `SELECT number, fence || ' ' || result::text AS mark FROM zip_builder.segments WHERE status = 'built'`,
  );
  return new Map(rows.map(({ number, mark }) => [number, mark]));
}

/** A finished segment is never claimed again, and its result never changes. */
async function noneMadeAgain(
  earlier: ReadonlyMap<number, string>,
  backupId: string,
): Promise<ReadonlyMap<number, string>> {
  const now = await finishedSegments();
  if (!yard.outcomes.has(backupId)) for (const [number, mark] of earlier) expect(now.get(number)).toBe(mark);
  return now;
}

async function killAtRandom(backupId: string): Promise<number> {
  let finished = await finishedSegments();
  let kills = 0;
  while (kills < KILLS && !yard.outcomes.has(backupId)) {
    // Not waiting for anything: this is when the kill comes.
    await sleep(50 + random(300));
    finished = await noneMadeAgain(finished, backupId);
    const living = livingBuilders();
    const victims = random(5) === 0 ? living : living.slice(0, 1 + random(2));
    await Promise.all(victims.map((builder) => builder.kill()));
    await Promise.all(victims.map(() => yard.startBuilder()));
    kills += victims.length;
  }
  return kills;
}

async function isWhole(backupId: string, files: readonly FileContent[]): Promise<void> {
  const outcome = await completed(yard, backupId, 240_000);
  expect([outcome.documentCount, outcome.exceptionCount]).toEqual([files.length, 0]);
  const archive = await openArchive(yard.store, outcome.objectKey, PASSWORD);
  expect(archive.files).toEqual(new Map(files.map(({ fileId, sha256 }) => [fileId, sha256])));
  await eventually(async () => expect(await leftBehind(yard.store)).toEqual([outcome.objectKey]));
  const ends = yard.outcomes.get(backupId) ?? [];
  // A builder that took over may repeat the fact, but never for another archive.
  expect(new Set(ends.map((end) => JSON.stringify(end)))).toEqual(new Set([JSON.stringify(outcome)]));
}

it(`makes an archive once while its builders are killed (CHAOS_SEED=${SEED})`, async () => {
  const files = await contents(120);
  const backupId = await yard.order('lab', documentsOf(files.map((content) => ({ content }))), PASSWORD);
  await eventually(async () => expect((await finishedSegments()).size).toBeGreaterThan(0), { everyMs: 20 });
  expect(await killAtRandom(backupId)).toBeGreaterThan(2);
  await isWhole(backupId, files);
  const built = yard.builders.flatMap(({ events }) => events).filter((e) => e.event === 'segment.built' && e['saved']);
  expect(new Set(built.map((event) => event['number'])).size).toBe(built.length);
}, 400_000);

it('leaves nothing of a backup that ends while it is made and its builders are killed', async () => {
  const files = await contents(30);
  const backupId = await yard.order('lab', documentsOf(files.map((content) => ({ content }))), PASSWORD);
  await eventually(async () => expect((await finishedSegments()).size).toBeGreaterThan(0), { everyMs: 20 });
  await yard.end('lab', backupId);
  await Promise.all(yard.builders.map((builder) => builder.kill()));
  await yard.startBuilder();
  await eventually(() => expect(yard.outcomes.get(backupId)?.at(-1)?.status).toBe('deleted'));
  await eventually(async () => expect(await leftBehind(yard.store)).toEqual([]));
}, 400_000);

it('makes what was planned when documents are altered or deleted under way', async () => {
  const files = await contents(120);
  const documents = documentsOf(files.map((content) => ({ content })));
  let count = documents.count;
  const register = {
    ...documents,
    get count() {
      return count;
    },
  };
  const backupId = await yard.order('lab', register, PASSWORD);
  await eventually(async () => expect((await finishedSegments()).size).toBeGreaterThan(0), { everyMs: 20 });
  count = 3;
  await dropped(files.slice(-2));
  const outcome = await completed(yard, backupId, 240_000);
  const archive = await openArchive(yard.store, outcome.objectKey, PASSWORD);
  expect([outcome.documentCount, archive.files.size + archive.exceptions.size]).toEqual([files.length, files.length]);
  expect(Array.from(archive.exceptions.values())).toEqual(['CONTENT_LOST', 'CONTENT_LOST']);
}, 400_000);
