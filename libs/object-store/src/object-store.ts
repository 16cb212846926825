import type { Readable } from 'node:stream';
import type { StoreIdentity } from './store-identity.js';
import { GIB, MIB, type ByteRange } from '@account-backups/contracts';

/**
 * What can be stored. The store owns a stream from the call on: it reads it to its end or destroys it, and handles its
 * errors.
 */
export type Content = Buffer | Readable;

export interface PutOptions {
  /** The promised size. Content of another size is refused with `OBJECT_CORRUPT`. */
  readonly sizeBytes?: number;
  readonly contentType?: string;
}

export interface GetOptions {
  /** At least one byte. */
  readonly range?: ByteRange;
  /** Ends the wait and the stream; both then fail with the signal's reason, not with an `AppError`. */
  readonly signal?: AbortSignal;
}

/** `etag` is opaque and changes whenever the content does. */
export interface StoredObject {
  readonly sizeBytes: number;
  readonly etag: string;
}

/** An object that was found. `modifiedAt` is by the store's clock. */
export interface FoundObject extends StoredObject {
  readonly modifiedAt: Date;
}

/** An upload that was found open. `startedAt` is by the store's clock. */
export interface FoundUpload extends UploadRef {
  readonly startedAt: Date;
}

export interface UploadRef {
  readonly key: string;
  readonly uploadId: string;
}

export interface PartContent extends UploadRef {
  /** 1 to 10,000. */
  readonly partNumber: number;
  /** A stream is read once, at the store's pace, and never held in memory: its `sizeBytes` must be given. */
  readonly content: Content;
  /** Content of another size is refused with `OBJECT_CORRUPT`, and the part is not stored. */
  readonly sizeBytes?: number;
  /** The SHA-256 of a held content, in hexadecimal, for a store that asks for it; by default taken on this thread. */
  readonly sha256?: () => Promise<string>;
}

export interface PartRef {
  readonly partNumber: number;
  readonly etag: string;
}

export interface StoredPart extends PartRef {
  readonly sizeBytes: number;
}

export interface UploadCompletion extends UploadRef {
  /** The parts that make the object, by ascending number; gaps are allowed, unnamed parts are dropped. */
  readonly parts: readonly PartRef[];
}

/**
 * Where contents and archives are kept. Two adapters fulfil the same contract: S3 and the filesystem.
 *
 * Every failure is an `AppError`: `OBJECT_STORE_UNAVAILABLE` when the store is away, full, unwilling, or another one
 * than before (try again), `OBJECT_NOT_FOUND` only when the right store says so, `UPLOAD_NOT_FOUND`,
 * `OBJECT_RANGE_INVALID`, `OBJECT_CORRUPT` when what arrived is not what was sent, `OBJECT_SOURCE_FAILED` (with its
 * error as cause) when the content to store broke off, and `VALIDATION_FAILED` for a key, part number or part list
 * that no store would take.
 */
export interface ObjectStore {
  /**
   * Makes the bucket or the folders and gives the store its identity, unless it has one. An explicit step of setting a
   * system up, never of a start: a store that is not mounted must not look like an empty one.
   */
  initialise(): Promise<StoreIdentity>;

  /** Resolves if the store is there and the right one; for readiness. */
  check(): Promise<void>;

  /**
   * Stores content of any size, known or not, in bounded memory. Either all of it appears under the key, or nothing.
   */
  put(key: string, content: Content, options?: PutOptions): Promise<StoredObject>;

  /** Stores a small content under a key that has none; false, and nothing changes, where it has one. */
  putNew(key: string, content: Buffer, contentType: string): Promise<boolean>;

  /**
   * Opens an object for reading. The stream gives exactly the bytes asked for or fails; it never ends short.
   * A range that reaches beyond the object is refused with `OBJECT_RANGE_INVALID`.
   */
  get(key: string, options?: GetOptions): Promise<Readable>;

  /** The beginning of an object, at most `maxBytes`, in memory; cheaper than `get` where objects are small. */
  getStart(key: string, maxBytes: number, options?: Pick<GetOptions, 'signal'>): Promise<Buffer>;

  /** Size, etag and time of an object, or null when there is none. */
  stat(key: string): Promise<FoundObject | null>;

  /** Deletes an object. Deleting what is not there is no error. */
  delete(key: string): Promise<void>;

  /**
   * The keys that start with `prefix` (`''`: all), in ascending order, behind `after` if that is given. Memory is
   * bounded by one page.
   */
  list(prefix: string, options?: { readonly after?: string }): AsyncIterable<string>;

  /** Opens a multipart upload and gives its id. Use each key for one upload only. */
  createUpload(key: string, options?: { readonly contentType?: string }): Promise<string>;

  /**
   * Stores a part; the same number again replaces it. Parts may come in any order, from any process. The store checks
   * that what arrives is what was sent. The same content gives the same etag from any process.
   */
  putPart(part: PartContent): Promise<StoredPart>;

  /** The parts stored so far, by ascending number. */
  listParts(upload: UploadRef): Promise<readonly StoredPart[]>;

  /**
   * Makes the object of the parts named. Every part but the last has at least `MIN_PART_BYTES`
   * (else `VALIDATION_FAILED`); a part that is missing or has another etag is `OBJECT_CORRUPT`.
   * Completing again resolves: when the upload is gone and the object is there, the object is taken for its outcome.
   */
  completeUpload(completion: UploadCompletion): Promise<StoredObject>;

  /** Drops an upload and its parts. Aborting what is not there is no error. */
  abortUpload(upload: UploadRef): Promise<void>;

  /**
   * The open uploads, for the sweep of orphans. S3 lists only what the server knows: MinIO forgets its list at a
   * restart (it drops stale uploads by itself), so sweep by recorded upload ids as well.
   */
  listUploads(prefix: string): AsyncIterable<FoundUpload>;

  /** Removes what crashed writes left behind before `olderThan`; gives the number removed. */
  sweepTemporary(olderThan: Date): Promise<number>;

  /** Closes sockets. The store is not used afterwards. */
  close(): Promise<void>;
}

/** The minimum size of every part but the last (Amazon S3 user guide, "Multipart upload limits"). */
export const MIN_PART_BYTES = 5 * MIB;

/** The maximum size of a part (same source). */
export const MAX_PART_BYTES = 5 * GIB;

/** The highest part number (same source). */
export const MAX_PART_NUMBER = 10_000;
