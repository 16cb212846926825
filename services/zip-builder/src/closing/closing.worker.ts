import { addTallies, type ArchiveTally } from '@account-backups/bag';
import { AppError, MIB } from '@account-backups/contracts';
import type { ObjectStore, PartRef, StoredObject, UploadRef } from '@account-backups/object-store';
import { OBJECT_STORE } from '@account-backups/service-kit';
import { mapInOrder, placed, type EntryRecord, type PlacedRecord } from '@account-backups/zip';
import { Inject, Injectable } from '@nestjs/common';
import { archiveEnd } from './archive-end.js';
import type { BuildEntity } from '../builds/build.entity.js';
import type { BuildFacts } from '../builds/build-facts.js';
import { refuseIfAllLost } from '../builds/contents-lost.js';
import { buildObjects } from '../store/build-objects.js';
import { EndingFacts } from './ending-facts.service.js';
import { MAX_HELD_PART_BYTES, writeParts } from '../store/part-writer.js';
import { expectedArchive } from '../read-back/archive-check.js';
import { ReadBackService, type ReadBack } from '../read-back/read-back.service.js';
import { isBuilt, type BuiltSegment } from '../builds/segment.entity.js';
import { SegmentsRepository } from '../builds/segments.repository.js';
import { storedBytes } from '../store/stored-bytes.js';
import { storedPieces, type TextPieces } from '../texts/text-pieces.js';

/** Records of segments and their tails, fetched ahead. */
const AHEAD = { concurrency: 16, budget: 8 * MIB };
/** About the size of a file's record. */
const RECORD_BYTES = 512;

interface ClosingWork {
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

/** Closes an archive: tails, metadata, central directory; then it completes the upload and reads the archive back. */
@Injectable()
export class ClosingWorker {
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

  /** Makes one object of all parts and reads it back. Safe to repeat after a crash at any point. */
  async close(work: ClosingWork): Promise<{ tally: ArchiveTally; archive: ReadBack }> {
    const key = buildObjects.archive(work.build);
    const tally = work.segments.map(({ result }) => result.tally).reduce(addTallies, work.facts.archive.tally);
    refuseIfAllLost(work.facts, tally);
    const rows = storedPieces(this.store, work.segments, work.signal);
    // If a builder died after completing the upload, the object exists and the upload is gone.
    const { sizeBytes } = (await this.store.stat(key)) ?? (await this.complete(key, work, { tally, rows }));
    const expected = expectedArchive(work.facts, tally, work.password);
    return { tally, archive: await this.readBack.read({ key, sizeBytes }, expected, work.signal) };
  }

  private async complete(key: string, work: ClosingWork, texts: ClosingTexts): Promise<StoredObject> {
    const { build, facts, segments } = work;
    const upload = { key, uploadId: build.uploadId ?? '' };
    const partBytes = Math.min(facts.partBytes, MAX_HELD_PART_BYTES);
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

  // A builder that lost its claim may have overwritten a part after another one took over.
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

/** Where each segment begins: those in parts first, in the order of the plan, then the tails. */
function baseOffsets(segments: readonly BuiltSegment[]): ReadonlyMap<number, number> {
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
