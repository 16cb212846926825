import { randomUUID } from 'node:crypto';
import { AppError } from '@account-backups/contracts';

/** Where a store says which one it is; no object, so it is never listed. */
export const IDENTITY_KEY = 'store.json';

/** Which store this is; written once, by `initialise`. */
export interface StoreIdentity {
  /** `[A-Za-z0-9._-]{1,64}` */
  readonly storeId: string;
  readonly createdAt: string;
}

/** Reads the bytes of a store's identity; null when there is none. */
type ReadIdentity = () => Promise<Buffer | null>;

/**
 * Tells the store of this process from every other: an empty mount point, an emptied bucket, the wrong volume. The
 * store is the one named by `storeId`, or else the first that was seen.
 */
export class KnownStore {
  constructor(
    private readonly read: ReadIdentity,
    private storeId: string | undefined,
  ) {}

  /** Throws `OBJECT_STORE_UNAVAILABLE` unless the store is there and the right one. */
  async assertPresent(): Promise<void> {
    await this.identity();
  }

  async identity(): Promise<StoreIdentity> {
    const bytes = await this.read();
    if (bytes === null) throw unknownStore('it is not mounted, or `account-backups store init` was never run');
    const identity = parsed(bytes);
    this.storeId ??= identity.storeId;
    if (identity.storeId === this.storeId) return identity;
    throw unknownStore(`it is store ${identity.storeId}, expected ${this.storeId}`);
  }

  /** The bytes that give a new store its identity. */
  newIdentity(): Buffer {
    const identity: StoreIdentity = { storeId: this.storeId ?? randomUUID(), createdAt: new Date().toISOString() };
    return Buffer.from(`${JSON.stringify(identity)}\n`);
  }
}

function parsed(bytes: Buffer): StoreIdentity {
  const found = jsonOf(bytes);
  if (typeof found === 'object' && found !== null && 'storeId' in found && typeof found.storeId === 'string') {
    return found as StoreIdentity;
  }
  throw unknownStore(`its ${IDENTITY_KEY} cannot be read`);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined; // Refused by whoever asked.
  }
}

function unknownStore(why: string): AppError {
  return new AppError('OBJECT_STORE_UNAVAILABLE', `the object store is not known: ${why}`);
}
