import { addTallies, countsOf, type PlannedDocument } from '@account-backups/bag';
import { Readable } from 'node:stream';
import type { ObjectStore } from '@account-backups/object-store';
import { OBJECT_STORE } from '@account-backups/service-kit';
import { placed } from '@account-backups/zip';
import { Inject, Injectable } from '@nestjs/common';
import { expectedArchive } from '../read-back/archive-check.js';
import { archiveEnd } from '../closing/archive-end.js';
import type { BuildEntity } from '../builds/build.entity.js';
import type { BuildFacts } from '../builds/build-facts.js';
import { refuseIfAllLost } from '../builds/contents-lost.js';
import type { BuiltArchive } from '../builds/builds.repository.js';
import { buildObjects } from '../store/build-objects.js';
import { CONFIG, type ZipBuilderConfig } from '../config.js';
import { EndingFacts } from '../closing/ending-facts.service.js';
import { recordsAfter, textRows } from '../texts/growing-texts.js';
import { ReadBackService } from '../read-back/read-back.service.js';
import { untilClean, type SegmentRun } from '../building/segment-bytes.js';
import { heldPieces } from '../texts/text-pieces.js';

export interface SmallArchive {
  /** Its key is this attempt's own, so that a builder that lost the claim cannot overwrite another one's archive. */
  readonly build: BuildEntity;
  readonly facts: BuildFacts;
  readonly records: readonly PlannedDocument[];
  readonly password: string | undefined;
  readonly signal: AbortSignal;
}

/** Makes an archive that is smaller than a segment in one go: no plan, no parts, one object. */
@Injectable()
export class SmallArchiveWorker {
  constructor(
    private readonly ending: EndingFacts,
    private readonly readBack: ReadBackService,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'PREFETCH_FILES'>,
  ) {}

  /** Memory: the documents' files as they lie in the archive, and a block of each of the bag's own files. */
  async make(work: SmallArchive): Promise<BuiltArchive> {
    const { build, facts, password, signal } = work;
    const { written, run } = await this.filesOf(work);
    const rows = await textRows(facts, recordsAfter(work.records, run.failures));
    const tally = addTallies(facts.archive.tally, rows.tally);
    refuseIfAllLost(facts, tally);
    const closing = await this.ending.of(build.accountId, facts, tally);
    const end = archiveEnd({
      facts: closing,
      rows: heldPieces(rows),
      earlier: { placed: () => each(placed(run.writer.records, 0)), sizeBytes: run.writer.sizeBytes },
      password,
      signal,
    });
    const key = buildObjects.archive(build);
    const content = Readable.from(each(written, end));
    const { sizeBytes } = await this.store.put(key, content, { contentType: 'application/zip' });
    const archive = await this.readBack.read({ key, sizeBytes }, expectedArchive(facts, tally, password), signal);
    return { ...archive, counts: countsOf(tally), at: new Date(closing.builtAt) };
  }

  private filesOf({ facts, records, password, signal }: SmallArchive): Promise<{
    written: readonly Buffer[];
    run: SegmentRun;
  }> {
    const work = {
      records: () => records,
      bagRoot: facts.archive.bagRoot,
      password,
      prefetchFiles: this.config.PREFETCH_FILES,
      signal,
    };
    return untilClean(this.store, work, async (run) => {
      const chunks: Buffer[] = [];
      for await (const chunk of run.bytes()) chunks.push(chunk);
      return chunks;
    });
  }
}

async function* each<T>(...sources: readonly (Iterable<T> | AsyncIterable<T>)[]): AsyncGenerator<T> {
  for (const source of sources) yield* source;
}
