import { z } from 'zod';

/** Who calls, and what they may do now. */
export const me = z.object({
  userId: z.string(),
  name: z.string(),
  account: z.object({
    accountId: z.string(),
    name: z.string(),
    timeZone: z.string(),
    enterprise: z.boolean(),
  }),
  siteAdmin: z.boolean(),
  facilityAdminOf: z.array(z.string()),
  canManageBackups: z.boolean(),
  subscription: z.object({
    /** `unknown` while the service that knows it is away. */
    state: z.enum(['valid', 'scheduled', 'expired', 'none', 'unknown']),
    endsOn: z.string().nullable(),
    endsAt: z.string().nullable(),
    renewUrl: z.string(),
  }),
  /** Null while the scheduler is away. */
  nextScanAt: z.string().nullable(),
  canRequestBackup: z.boolean(),
  cannotRequestBecause: z.string().nullable(),
});
export type Me = z.output<typeof me>;

/** What a request means. */
export const estimate = z.object({ documentCount: z.int(), fileCount: z.int(), sizeBytes: z.int() });

/** A download that was begun. */
export const begunDownload = z.object({ downloadId: z.string(), url: z.url(), expiresAt: z.string() });
export type BegunDownload = z.output<typeof begunDownload>;

/** What became of the lines that were sent. */
export const intake = z.object({
  accepted: z.int(),
  rejected: z.array(z.object({ line: z.int(), code: z.string(), message: z.string() })),
});
export type Intake = z.output<typeof intake>;

/** An OU that an account has. */
export const knownOrgUnit = z.object({ orgUnitId: z.string(), name: z.string() });
export type KnownOrgUnit = z.output<typeof knownOrgUnit>;

/** A file that is stored. */
export const storedFile = z.object({ sizeBytes: z.int(), sha256: z.string() });
export type StoredFile = z.output<typeof storedFile>;

/** How many of each a directory holds. */
export const counts = z.object({
  facilities: z.int(),
  orgUnits: z.int(),
  roles: z.int(),
  users: z.int(),
  userGroups: z.int(),
});
