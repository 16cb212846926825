import { MIB } from '@account-backups/contracts';
import type { FileFailure, PlannedDocument } from '@account-backups/bag';
import type { ObjectStore } from '@account-backups/object-store';
import { prepareInOrder, SegmentWriter, ZipError, type PreparedEntry } from '@account-backups/zip';
import type { SegmentMeter } from '../builds/claimed-work.service.js';
import { StreamMisjudged } from '../store/part-streamer.js';
import { segmentSources, type PlannedSource } from './segment-sources.js';
import { sourceFailure } from './source-failure.js';
import { refuseIfReadable, refuseUnlessLost } from './unreadable-source.js';

export interface SegmentWork {
  /** The documents of the segment, in the order of the plan. */
  readonly records: () => Iterable<PlannedDocument>;
  readonly bagRoot: string;
  readonly password: string | undefined;
  /** How many contents are fetched at the same time. */
  readonly prefetchFiles: number;
  readonly signal: AbortSignal;
  /** Counts the bytes written so far, for the heartbeat. */
  readonly meter?: SegmentMeter;
}

const PREFETCH_BYTES = 8 * MIB;
const BUFFER_BYTES = 4 * MIB;

/**
 * One run over the files of a segment. A small file is read and checked before its header is written, so a bad one is
 * left out and recorded in `failures`. A large one that proves bad while it is written is recorded too and ends the run
 * with `SegmentSpoilt`; the next run leaves it out.
 */
export class SegmentRun {
  readonly writer = new SegmentWriter();
  private emittedBytes = 0;
  private finishedBytes = 0;
  private underWay: PlannedSource | undefined;

  constructor(
    private readonly store: ObjectStore,
    private readonly work: SegmentWork,
    readonly failures: Map<string, FileFailure>,
  ) {}

  async *bytes(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.writer.write(this.entries())) {
        this.emittedBytes += chunk.length;
        if (this.work.meter) this.work.meter.doneBytes = this.doneBytes;
        yield chunk;
      }
    } catch (error) {
      this.work.signal.throwIfAborted();
      if (!ZipError.is(error) || !this.underWay || error.entryName !== this.underWay.name) throw error;
      await this.note(this.underWay, error);
      throw new SegmentSpoilt(error.entryName, { cause: error });
    }
  }

  /** How many bytes a run would write. Only files that are deflated are read for it. */
  async measure(): Promise<number> {
    let sizeBytes = 0;
    for await (const entry of this.entries()) sizeBytes += entry.sizeBytes;
    return sizeBytes;
  }

  // Finished files count in full; the one being written counts what has been emitted so far.
  private get doneBytes(): number {
    return this.finishedBytes + this.emittedBytes - this.writer.sizeBytes;
  }

  private async *entries(): AsyncGenerator<PreparedEntry> {
    const { password } = this.work;
    const sources = segmentSources(this.store, this.work, { failures: this.failures, signal: this.work.signal });
    const prepared = prepareInOrder(sources, {
      ...(password !== undefined && { password }),
      budgetBytes: PREFETCH_BYTES,
      concurrency: this.work.prefetchFiles,
      bufferBytes: BUFFER_BYTES,
    });
    for await (const { source, entry, error } of prepared) {
      this.work.signal.throwIfAborted();
      if (error) await this.note(source, error);
      if (!entry) continue;
      this.underWay = source;
      yield entry;
      this.finishedBytes += source.sizeBytes;
    }
  }

  private async note(source: PlannedSource, error: ZipError): Promise<void> {
    const found = sourceFailure(error);
    if (found.kind === 'store') await refuseIfReadable(this.store, source, this.work.signal);
    if (found.kind === 'lost') await refuseUnlessLost(this.store, source);
    this.failures.set(source.path, found.failure);
  }
}

/** Everything written in this run must be thrown away; the file that spoilt it is recorded and left out next time. */
class SegmentSpoilt extends Error {
  constructor(entryName: string, options: ErrorOptions) {
    super(`${entryName} turned out bad while it was written`, options);
    this.name = 'SegmentSpoilt';
  }
}

/** Runs until no file spoils it; each run leaves out the files that spoilt the earlier ones, which `failures` names. */
export async function untilClean<T>(
  store: ObjectStore,
  work: SegmentWork,
  write: (run: SegmentRun) => Promise<T>,
): Promise<{ written: T; run: SegmentRun }> {
  const failures = new Map<string, FileFailure>();
  for (;;) {
    const known = failures.size;
    const run = new SegmentRun(store, work, failures);
    try {
      return { written: await write(run), run };
    } catch (error) {
      const isSpoilt = error instanceof SegmentSpoilt || error instanceof StreamMisjudged;
      if (!isSpoilt || failures.size === known) throw error;
    }
  }
}
