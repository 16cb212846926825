import {
  databaseSettings,
  keyRing,
  keyRingFile,
  objectStoreSettings,
  serviceSettings,
} from '@account-backups/service-kit';
import { z } from 'zod';

export const settings = {
  ...serviceSettings,
  ...databaseSettings,
  ...objectStoreSettings,
  /** Private halves. */
  SEAL_KEYS: keyRing('sealPrivate'),
  SEAL_KEYS_FILE: keyRingFile,
  /** How long work stays a builder's own after its last sign of life. */
  LEASE_SECONDS: z.coerce.number().int().min(3).max(600).default(30),
  /** How old an object must be that no row names before it is removed. */
  CONTENT_GRACE_SECONDS: z.coerce.number().int().min(1).max(31_536_000).default(86_400),
  /** About how large a segment is. */
  SEGMENT_MIB: z.coerce.number().int().min(8).max(1_024).default(64),
  /** How many segments of one archive are built at the same time, over all builders. */
  SEGMENTS_IN_FLIGHT: z.coerce.number().int().min(1).max(1_000).default(8),
  /** How many contents of a segment are fetched at the same time, of at most 8 MiB together. */
  PREFETCH_FILES: z.coerce.number().int().min(1).max(256).default(16),
  /**
   * Archives of contents up to this size have every entry opened again before they count as completed; 0: the directory
   * alone.
   */
  READ_BACK_MIB: z.coerce.number().int().min(0).max(1_048_576).default(1_024),
};

export type ZipBuilderConfig = z.output<z.ZodObject<typeof settings>>;

/** Under which the configuration is injected. */
export const CONFIG = Symbol('zip-builder configuration');
/** Under which the ring that opens passwords is. */
export const SEAL_KEYS = Symbol('seal keys');
