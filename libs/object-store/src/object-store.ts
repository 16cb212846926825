import type { Readable } from 'node:stream';

/**
 * What can be stored. A stream is owned by the store from the call on: it is read to its end or destroyed,
 * and its error never goes unheard.
 */
export type Content = Buffer | Readable;

/** First and last byte, both included, as in HTTP (RFC 9110, section 14.1.2). Without `end`: to the object's end. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

export interface PutOptions {
  /** The promised size. Content of another size is refused with `OBJECT_CORRUPT`. */
  readonly sizeBytes?: number;
  readonly contentType?: string;
}

export interface GetOptions {
  readonly range?: ByteRange;
  /** Ends the wait and the stream; both then fail with the signal's reason, not with an `AppError`. */
  readonly signal?: AbortSignal;
}

export interface ListOptions {
  /** The last key already seen; listing goes on behind it. */
  readonly after?: string;
  /** At most so many objects; without it all. */
  readonly limit?: number;
}

/** `etag` is opaque and changes whenever the content does. */
export interface StoredObject {
  readonly sizeBytes: number;
  readonly etag: string;
}

export interface ObjectStat extends StoredObject {
  readonly lastModified: Date;
}

export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly lastModified: Date;
}

export interface UploadRef {
  readonly key: string;
  readonly uploadId: string;
}

export interface OpenUpload extends UploadRef {
  readonly initiatedAt: Date;
}

export interface PartContent extends UploadRef {
  /** 1 to 10,000. */
  readonly partNumber: number;
  /** A stream is read once, at the store's pace, and not held: its `sizeBytes` must be given. */
  readonly content: Content;
  /** Exactly so many; content of another size is refused with `OBJECT_CORRUPT`, and the part is not stored. */
  readonly sizeBytes?: number;
  /** Gives the SHA-256 of a held content, in hexadecimal, to a store that asks for it; else it is taken on this thread. */
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
 * Where contents and archives lie. Two adapters keep the same contract: S3 and the filesystem.
 *
 * Every failure is an `AppError`: `OBJECT_STORE_UNAVAILABLE` when the store is away, full or unwilling (try again),
 * `OBJECT_NOT_FOUND`, `UPLOAD_NOT_FOUND`, `OBJECT_RANGE_INVALID`, `OBJECT_CORRUPT` when what arrived is not what was
 * sent, `OBJECT_SOURCE_FAILED` (with its error as cause) when the content to store broke off, and
 * `VALIDATION_FAILED` for a key, part number or part list that no store would take.
 */
export interface ObjectStore {
  /** Makes the bucket or the folders if they are missing. Call once at start. */
  ensureReady(): Promise<void>;

  /** Resolves when the store can take and give objects now; for readiness. */
  check(): Promise<void>;

  /** Stores content of any size, known or not, in bounded memory. All of it appears under the key, or nothing. */
  put(key: string, content: Content, options?: PutOptions): Promise<StoredObject>;

  /**
   * Opens an object for reading. The stream gives exactly the bytes asked for or fails; it never ends short.
   * A range that reaches beyond the object is refused with `OBJECT_RANGE_INVALID`.
   */
  get(key: string, options?: GetOptions): Promise<Readable>;

  /** The beginning of an object, at most `mostBytes`, in memory: what `get` gives, for less where objects are small. */
  getStart(key: string, mostBytes: number, options?: Pick<GetOptions, 'signal'>): Promise<Buffer>;

  /** Size, etag and time of an object, or null when there is none. */
  stat(key: string): Promise<ObjectStat | null>;

  /** Deletes an object. Deleting what is not there is no error. */
  delete(key: string): Promise<void>;

  /** Deletes many objects; as `delete` for each. */
  deleteMany(keys: Iterable<string>): Promise<void>;

  /** The objects whose key starts with `prefix` (`''`: all), by ascending key. Memory is bounded by one page. */
  list(prefix: string, options?: ListOptions): AsyncIterable<ListedObject>;

  /** Opens a multipart upload and gives its id. Use each key for one upload only. */
  createUpload(key: string, options?: { readonly contentType?: string }): Promise<string>;

  /**
   * Stores a part; the same number again replaces it. Parts may come in any order, from any process. The store checks
   * that what arrives is what was sent. The same content gives the same etag, whoever puts it.
   */
  putPart(part: PartContent): Promise<StoredPart>;

  /** The parts stored so far, by ascending number. */
  listParts(upload: UploadRef): Promise<readonly StoredPart[]>;

  /**
   * Makes the object of the parts named. Every part but the last has at least `minPartBytes`
   * (else `VALIDATION_FAILED`); a part that is missing or has another etag is `OBJECT_CORRUPT`.
   * Completing again resolves: when the upload is gone and the object is there, the object is taken for its outcome.
   */
  completeUpload(completion: UploadCompletion): Promise<StoredObject>;

  /** Drops an upload and its parts. Aborting what is not there is no error. */
  abortUpload(upload: UploadRef): Promise<void>;

  /**
   * Uploads that are open, for the sweep of orphans. The S3 adapter can only tell what the server tells: MinIO forgets
   * its list at a restart (it drops stale uploads by itself), so sweep by recorded upload ids as well.
   */
  listUploads(prefix: string): AsyncIterable<OpenUpload>;

  /** Removes what writes left behind that a crash cut off before `olderThan`; gives the number removed. */
  sweepTemporary(olderThan: Date): Promise<number>;

  /** Lets go of sockets. The store is not used afterwards. */
  close(): Promise<void>;
}

/** Least size of every part but the last (Amazon S3 user guide, "Multipart upload limits"). */
export const minPartBytes = 5 * 1024 * 1024;

/** Largest size of a part (same source). */
export const maxPartBytes = 5 * 1024 * 1024 * 1024;

/** Highest part number (same source). */
export const maxPartNumber = 10_000;
