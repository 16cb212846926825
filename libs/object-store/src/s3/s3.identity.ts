import { startOfStream } from '../content/start-of-stream.js';
import { untilAborted } from '../content/until-aborted.js';
import { withinAwake } from '../content/within-awake.js';
import { IDENTITY_KEY, KnownStore } from '../store-identity.js';
import type { S3Address } from '../store-url.js';
import { connectS3, type S3Connection } from './s3.client.js';
import { fromS3, s3CodeOf } from './s3.error.js';

/** A store that does not say within this time which one it is counts as hanging: writers are told so. */
const TIMEOUT_MS = 2_000;
const MAX_BYTES = 4_096;
/** Writers that follow each other this closely share a look: no bucket changes under a process, as a mount does. */
const KNOWN_MS = 1_000;

/** Which store a bucket is. */
export class S3Identity {
  readonly store: KnownStore;
  /** Sockets of its own: who asks whether the store is there does not wait behind what is being sent to it. */
  private readonly connection: S3Connection;
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly address: S3Address,
    storeId: string | undefined,
  ) {
    this.connection = connectS3(address);
    this.store = new KnownStore(() => fromS3('identity', () => this.bytes()), storeId);
  }

  /**
   * Does `write` in a store that is there and the right one, else throws `OBJECT_STORE_UNAVAILABLE`. Shortly after
   * another write it does not wait for the look, which goes beside it and ends the wait for a store that hangs.
   */
  async whileKnown<T>(write: () => Promise<T>): Promise<T> {
    const isKnown = performance.now() - this.lookedAtMs < KNOWN_MS;
    if (!isKnown) await this.sharedLook();
    const written = write();
    // What comes of a write that is given up is told by the look.
    written.catch(() => undefined);
    if (isKnown) await this.sharedLook();
    return written;
  }

  /** What the bucket says; null when it says nothing. */
  async bytes(): Promise<Buffer | null> {
    const open = () => this.connection.client.getObject(this.address.bucket, IDENTITY_KEY);
    try {
      return await withinAwake(TIMEOUT_MS, async (signal) =>
        startOfStream(await untilAborted(signal, open), MAX_BYTES, signal),
      );
    } catch (error) {
      if (s3CodeOf(error) === 'NoSuchKey') return null;
      throw error;
    }
  }

  close(): void {
    this.connection.agent.destroy();
  }

  private sharedLook(): Promise<void> {
    this.looking ??= this.look().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async look(): Promise<void> {
    const askedMs = performance.now();
    await this.store.assertPresent();
    this.lookedAtMs = askedMs;
  }
}
