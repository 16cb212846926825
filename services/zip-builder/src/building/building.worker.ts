import type { ObjectStore } from '@account-backups/object-store';
import { OBJECT_STORE } from '@account-backups/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { BuildEntity } from '../builds/build.entity.js';
import type { BuildFacts } from '../builds/build-facts.js';
import { buildObjects } from '../store/build-objects.js';
import type { SegmentClaim } from '../builds/claim.js';
import type { SegmentMeter } from '../builds/claimed-work.service.js';
import { CONFIG, type ZipBuilderConfig } from '../config.js';
import { recordsAfter, textRows, type TextRows } from '../texts/growing-texts.js';
import { streamParts } from '../store/part-streamer.js';
import { MAX_HELD_PART_BYTES, writeParts, type WrittenParts } from '../store/part-writer.js';
import { plannedRecords } from './planned-records.js';
import type { SegmentEntity } from '../builds/segment.entity.js';
import { SegmentRun, untilClean, type SegmentWork } from './segment-bytes.js';
import type { SegmentResult } from '../builds/segment-result.js';
import { storedBytes } from '../store/stored-bytes.js';

interface SegmentOrder {
  readonly build: BuildEntity;
  readonly facts: BuildFacts;
  readonly segment: SegmentEntity;
  readonly claim: SegmentClaim;
  readonly meter: SegmentMeter;
}

/** Builds one segment of an archive, from its plan into its reserved parts. */
@Injectable()
export class BuildingWorker {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'PREFETCH_FILES'>,
  ) {}

  /**
   * Memory: the plan, the prefetched files and a part of at most 16 MiB. The parts have the same numbers
   * whoever builds them, their etags tell them apart; all else lies under keys of this attempt.
   */
  async build(
    { build, facts, segment, claim, meter }: SegmentOrder,
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
    const kept = await this.keep(build, claim, { run, rows, tail: written.tail });
    return { parts: written.parts, sizeBytes: written.sizeBytes, tally: rows.tally, texts: rows.pieces, ...kept };
  }

  private async keep(
    build: BuildEntity,
    claim: SegmentClaim,
    { run, rows, tail }: { readonly run: SegmentRun; readonly rows: TextRows; readonly tail: Buffer },
  ): Promise<Pick<SegmentResult, 'tailKey' | 'recordKey' | 'textsKey'>> {
    const recordKey = buildObjects.record(build, claim);
    const textsKey = buildObjects.texts(build, claim);
    const [tailKey] = await Promise.all([
      this.keepTail(build, claim, tail),
      this.store.put(recordKey, Buffer.from(JSON.stringify(run.writer.records))),
      this.store.put(textsKey, rows.deflated),
    ]);
    return { tailKey, recordKey, textsKey };
  }

  private async write(
    { build, facts, segment }: Omit<SegmentOrder, 'claim' | 'meter'>,
    attempt: SegmentRun,
    measure: () => Promise<number>,
  ): Promise<WrittenParts> {
    const key = buildObjects.archive(build);
    const { uploadId } = build;
    const { firstPart } = segment;
    const { partBytes } = facts;
    const run = { key, uploadId: uploadId ?? '', firstPart, partBytes, endsUpload: false, givesMemory: true };
    if (partBytes <= MAX_HELD_PART_BYTES) return writeParts(this.store, run, attempt.bytes());
    const sizeBytes = await measure();
    return streamParts(this.store, run, attempt.bytes(), sizeBytes);
  }

  // Measuring and writing share the list of failures, so both leave out the same files.
  private measure({ meter: _meter, ...work }: SegmentWork, { failures }: SegmentRun): Promise<number> {
    return new SegmentRun(this.store, work, failures).measure();
  }

  private async keepTail(build: BuildEntity, claim: SegmentClaim, tail: Buffer): Promise<string | null> {
    if (tail.length === 0) return null;
    const key = buildObjects.tail(build, claim);
    await this.store.put(key, tail);
    return key;
  }
}
