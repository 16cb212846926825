import { addTallies, type ArchiveTally } from '@account-backups/bag';
import { AppError } from '@account-backups/contracts';
import type { ObjectStore, PartRef, StoredObject, UploadRef } from '@account-backups/object-store';
import { mapInOrder, placed, type EntryRecord, type PlacedRecord } from '@account-backups/zip';
import { Inject, Injectable } from '@nestjs/common';
import { archiveEnd } from './archive-end.js';
import type { BuildEntity } from './build.entity.js';
import type { BuildFacts } from './build-facts.js';
import { buildObjects } from './build-objects.js';
import { EndingFacts } from './ending-facts.service.js';
import { OBJECT_STORE } from './object-store.provider.js';
import { writeParts } from './part-writer.js';
import { expectedArchive } from './archive-check.js';
import { ReadBackService, type ReadBack } from './read-back.service.js';
import { MOST_HELD_BYTES } from './segment-packing.js';
import { isBuilt, type BuiltSegment } from './segment.entity.js';
import { SegmentsRepository } from './segments.repository.js';
import { storedBytes } from './stored-bytes.js';
import { storedPieces, type TextPieces } from './text-pieces.js';

/** Records of segments and their tails, fetched ahead. */
const AHEAD = { concurrency: 16, budget: 8 * 1_048_576 };
/** About what the record of a file takes. */
const RECORD_BYTES = 512;

export interface ClosingWork {
  readonly build: BuildEntity;
  readonly facts: BuildFacts;
  /** All segments, built, in the order of the plan. */
  readonly segments: readonly BuiltSegment[];
  readonly password: string | undefined;
  readonly signal: AbortSignal;
}

interface ClosingTexts {
  readonly tally: ArchiveTally;
  readonly rows: TextPieces;
}

/** Ends an archive: what segments left over, metadata, central directory; then it completes the upload. */
@Injectable()
export class CloserService {
  constructor(
    private readonly segments: SegmentsRepository,
    private readonly readBack: ReadBackService,
    private readonly ending: EndingFacts,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** All segments in the order of the plan, or null while some are not built. */
  async builtSegments({ buildId, facts }: BuildEntity): Promise<readonly BuiltSegment[] | null> {
    const built = (await this.segments.listOf(buildId)).filter(isBuilt);
    return built.length === facts?.segmentCount ? built : null;
  }

  /** Makes one object of all parts and reads it back. Safe to repeat after a death at any point. */
  async close(work: ClosingWork): Promise<{ tally: ArchiveTally; archive: ReadBack }> {
    const key = buildObjects.archive(work.build);
    const tally = work.segments.map(({ result }) => result.tally).reduce(addTallies, work.facts.archive.tally);
    const rows = storedPieces(this.store, work.segments, work.signal);
    // After a death behind the completion the object is there already, and its upload is gone.
    const { sizeBytes } = (await this.store.stat(key)) ?? (await this.complete(key, work, { tally, rows }));
    const expected = expectedArchive(work.facts, tally, work.password);
    return { tally, archive: await this.readBack.read({ key, sizeBytes }, expected, work.signal) };
  }

  private async complete(key: string, work: ClosingWork, texts: ClosingTexts): Promise<StoredObject> {
    const { build, facts, segments } = work;
    const upload = { key, uploadId: build.uploadId ?? '' };
    const partBytes = Math.min(facts.partBytes, MOST_HELD_BYTES);
    const run = { ...upload, firstPart: facts.closingPart, partBytes, endsUpload: true, givesMemory: false };
    const { parts } = await writeParts(this.store, run, this.closingBytes(work, texts));
    const earlier = segments.flatMap(({ result }): readonly PartRef[] => result.parts);
    try {
      return await this.store.completeUpload({ ...upload, parts: [...earlier, ...parts] });
    } catch (error) {
      if (AppError.is(error, 'OBJECT_CORRUPT')) await this.reopenChanged(upload, work);
      throw error;
    }
  }

  // A worker that lost its claim may have put a part again behind the back of the one that took over.
  private async reopenChanged(upload: UploadRef, { build, segments }: ClosingWork): Promise<void> {
    const stored = new Map((await this.store.listParts(upload)).map(({ partNumber, etag }) => [partNumber, etag]));
    for (const { number, result } of segments) {
      const changed = result.parts.some(({ partNumber, etag }) => stored.get(partNumber) !== etag);
      if (changed) await this.segments.reopen(build.buildId, number);
    }
  }

  private async *closingBytes(work: ClosingWork, { tally, rows }: ClosingTexts): AsyncGenerator<Buffer> {
    const { build, facts, segments, password, signal } = work;
    yield* this.tails(segments, signal);
    yield* archiveEnd({
      facts: await this.ending.of(build.accountId, facts, tally),
      rows,
      earlier: {
        placed: () => this.placedRecords(segments, signal),
        sizeBytes: segments.reduce((sum, { result }) => sum + result.sizeBytes, 0),
      },
      password,
      signal,
    });
  }

  private tails(segments: readonly BuiltSegment[], signal: AbortSignal): AsyncGenerator<Buffer> {
    const tails = segments.flatMap(({ result: { tailKey, sizeBytes } }) => (tailKey ? [{ tailKey, sizeBytes }] : []));
    const limits = { ...AHEAD, costOf: ({ sizeBytes }: { readonly sizeBytes: number }) => sizeBytes };
    return mapInOrder(tails, ({ tailKey }) => storedBytes(this.store, tailKey, { signal }), limits);
  }

  private async *placedRecords(segments: readonly BuiltSegment[], signal: AbortSignal): AsyncGenerator<PlacedRecord> {
    const bases = baseOffsets(segments);
    const read = async ({ number, result }: BuiltSegment) => ({
      base: bases.get(number) ?? 0,
      json: await storedBytes(this.store, result.recordKey, { signal }),
    });
    const costOf = ({ result }: BuiltSegment) => result.tally.files.included * RECORD_BYTES;
    for await (const { base, json } of mapInOrder(segments, read, { ...AHEAD, costOf })) {
      yield* placed(JSON.parse(json.toString('utf8')) as readonly EntryRecord[], base);
    }
  }
}

/** Where each segment begins: those in parts first, in the order of the plan, then the tails, which the closer writes. */
export function baseOffsets(segments: readonly BuiltSegment[]): ReadonlyMap<number, number> {
  const inParts = segments.filter(({ result }) => result.tailKey === null);
  const tails = segments.filter(({ result }) => result.tailKey !== null);
  const bases = new Map<number, number>();
  let offset = 0;
  for (const { number, result } of [...inParts, ...tails]) {
    bases.set(number, offset);
    offset += result.sizeBytes;
  }
  return bases;
}
