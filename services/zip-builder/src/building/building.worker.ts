import type { ObjectStore } from '@account-backups/object-store';
import { Inject, Injectable } from '@nestjs/common';
import type { BuildEntity } from './build.entity.js';
import type { BuildFacts } from './build-facts.js';
import { buildObjects } from './build-objects.js';
import type { SegmentMeter } from './claimed-work.service.js';
import { CONFIG, type ZipBuilderConfig } from './config.js';
import { recordsAfter, textRows, type TextRows } from './growing-texts.js';
import { OBJECT_STORE } from './object-store.provider.js';
import { streamParts } from './part-streamer.js';
import { writeParts, type WrittenParts } from './part-writer.js';
import { plannedRecords } from './planned-records.js';
import type { SegmentEntity } from './segment.entity.js';
import { SegmentRun, untilClean, type SegmentWork } from './segment-bytes.js';
import { MOST_HELD_BYTES } from './segment-packing.js';
import type { SegmentResult } from './segment-result.js';
import { storedBytes } from './stored-bytes.js';

export interface SegmentOrder {
  readonly build: BuildEntity;
  readonly facts: BuildFacts;
  readonly segment: SegmentEntity;
  readonly meter: SegmentMeter;
}

/** Builds one segment of an archive, from its plan into its reserved parts. */
@Injectable()
export class SegmentService {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'PREFETCH_FILES'>,
  ) {}

  /** Memory: the plan, the prefetched files and a part of at most 16 MiB. What it stores is the same under any worker's hands: keys are fixed. */
  async build(
    { build, facts, segment, meter }: SegmentOrder,
    password: string | undefined,
    signal: AbortSignal,
  ): Promise<SegmentResult> {
    const plan = await storedBytes(this.store, buildObjects.plan(build, segment.number), { signal });
    const records = () => plannedRecords(plan);
    const prefetchFiles = this.config.PREFETCH_FILES;
    const work = { records, bagRoot: facts.archive.bagRoot, password, prefetchFiles, signal, meter };
    const { written, run } = await untilClean(this.store, work, (attempt) =>
      this.write({ build, facts, segment }, attempt, () => this.measure(work, attempt)),
    );
    const rows = await textRows(facts, recordsAfter(records(), run.failures));
    const kept = await this.keep(build, segment.number, { run, rows, rest: written.rest });
    return { parts: written.parts, sizeBytes: written.sizeBytes, tally: rows.tally, texts: rows.pieces, ...kept };
  }

  private async keep(
    build: BuildEntity,
    number: number,
    { run, rows, rest }: { readonly run: SegmentRun; readonly rows: TextRows; readonly rest: Buffer },
  ): Promise<Pick<SegmentResult, 'tailKey' | 'recordKey' | 'textsKey'>> {
    const recordKey = buildObjects.record(build, number);
    const textsKey = buildObjects.texts(build, number);
    const [tailKey] = await Promise.all([
      this.keepTail(build, number, rest),
      this.store.put(recordKey, Buffer.from(JSON.stringify(run.writer.records))),
      this.store.put(textsKey, rows.deflated),
    ]);
    return { tailKey, recordKey, textsKey };
  }

  private async write(
    { build, facts, segment }: Omit<SegmentOrder, 'meter'>,
    attempt: SegmentRun,
    measure: () => Promise<number>,
  ): Promise<WrittenParts> {
    const key = buildObjects.archive(build);
    const { uploadId } = build;
    const { firstPart } = segment;
    const { partBytes } = facts;
    const run = { key, uploadId: uploadId ?? '', firstPart, partBytes, endsUpload: false, givesMemory: true };
    if (partBytes <= MOST_HELD_BYTES) return writeParts(this.store, run, attempt.bytes());
    const sizeBytes = await measure();
    return streamParts(this.store, run, attempt.bytes(), sizeBytes);
  }

  // What is found bad on the way is left out by the attempt, too: both have the same list of failures.
  private measure({ meter: _meter, ...work }: SegmentWork, { failures }: SegmentRun): Promise<number> {
    return new SegmentRun(this.store, work, failures).measure();
  }

  private async keepTail(build: BuildEntity, number: number, rest: Buffer): Promise<string | null> {
    if (rest.length === 0) return null;
    const key = buildObjects.tail(build, number);
    await this.store.put(key, rest);
    return key;
  }
}
