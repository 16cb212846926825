import { createInterface } from 'node:readline';
import type { ArchiveRecord, FileFailure } from '@account-backups/bag';
import type { ObjectStore } from '@account-backups/object-store';
import type { EntryRecord } from '@account-backups/zip';
import type { BuildEntity } from './build.entity.js';
import { buildObjects } from './build-objects.js';

/** What building a segment found out: its entries, and the files that could not be taken. JSON-able. */
export interface SegmentRecord {
  readonly entries: readonly EntryRecord[];
  /** Path from the bag's root → why. */
  readonly failures: readonly (readonly [string, FileFailure])[];
}

/** The documents of one segment as planned, a line at a time. */
export async function* plannedRecords(
  store: ObjectStore,
  build: BuildEntity,
  number: number,
): AsyncGenerator<ArchiveRecord> {
  const stream = await store.get(buildObjects.plan(build, number));
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  // readline does not hand on its input's error: without this a broken read would look like the end.
  let broken: Error | undefined;
  stream.once('error', (error) => {
    broken = error;
    lines.close();
  });
  for await (const line of lines) yield JSON.parse(line) as ArchiveRecord;
  if (broken) throw broken;
}

export async function readSegmentRecord(store: ObjectStore, key: string): Promise<SegmentRecord> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await store.get(key)) as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as SegmentRecord;
}
