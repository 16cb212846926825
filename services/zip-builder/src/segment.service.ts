import type { ObjectStore } from '@account-backups/object-store';
import { Inject, Injectable } from '@nestjs/common';
import type { BuildEntity } from './build.entity.js';
import type { BuildFacts } from './build-facts.js';
import { buildObjects } from './build-objects.js';
import type { SegmentMeter } from './claimed-work.service.js';
import { OBJECT_STORE } from './object-store.provider.js';
import { writeParts, type WrittenParts } from './part-writer.js';
import { plannedRecords, type SegmentRecord } from './plan-reader.js';
import type { SegmentEntity } from './segment.entity.js';
import { untilClean } from './segment-bytes.js';
import type { SegmentResult } from './segment-result.js';

export interface SegmentOrder {
  readonly build: BuildEntity;
  readonly facts: BuildFacts;
  readonly segment: SegmentEntity;
  readonly meter: SegmentMeter;
}

/** Builds one segment of an archive, from its plan into its reserved parts. */
@Injectable()
export class SegmentService {
  constructor(@Inject(OBJECT_STORE) private readonly store: ObjectStore) {}

  /** Memory: the prefetched files and three parts. What it stores is the same under any worker's hands: keys are fixed. */
  async build(
    { build, facts, segment, meter }: SegmentOrder,
    password: string | undefined,
    signal: AbortSignal,
  ): Promise<SegmentResult> {
    const { number } = segment;
    const work = {
      records: () => plannedRecords(this.store, build, number),
      bagRoot: facts.archive.bagRoot,
      password,
      signal,
      meter,
    };
    const { written, run } = await untilClean(this.store, work, (bytes) =>
      this.write({ build, facts, segment }, bytes),
    );
    const tailKey = await this.keepTail(build, number, written.rest);
    const recordKey = buildObjects.record(build, number);
    const record: SegmentRecord = { entries: run.writer.records, failures: [...run.failures] };
    await this.store.put(recordKey, Buffer.from(JSON.stringify(record)));
    return { parts: written.parts, tailKey, sizeBytes: written.sizeBytes, recordKey };
  }

  private write(
    { build, facts, segment }: Omit<SegmentOrder, 'meter'>,
    bytes: AsyncIterable<Buffer>,
  ): Promise<WrittenParts> {
    const key = buildObjects.archive(build);
    const { uploadId } = build;
    const { firstPart } = segment;
    const run = { key, uploadId: uploadId ?? '', firstPart, partBytes: facts.partBytes, endsUpload: false };
    return writeParts(this.store, run, bytes);
  }

  private async keepTail(build: BuildEntity, number: number, rest: Buffer): Promise<string | null> {
    if (rest.length === 0) return null;
    const key = buildObjects.tail(build, number);
    await this.store.put(key, rest);
    return key;
  }
}
