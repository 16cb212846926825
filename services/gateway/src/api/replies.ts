import { pageOf, sessionView, signedReceipt } from '@account-backups/contracts';
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

/** Sessions of the caller that hold, newest first. */
export const ownSessions = pageOf(sessionView.extend({ current: z.boolean() }));
export type OwnSessions = z.output<typeof ownSessions>;

/** A public key that receipts are signed for. */
export const publishedKey = signedReceipt.pick({ algorithm: true, keyId: true, publicKey: true });
export type PublishedKey = z.output<typeof publishedKey>;

/** The active one first. A retired one signs nothing any more; receipts of its time are still good. */
export const listedKeys = z.object({
  items: z.array(publishedKey.extend({ status: z.enum(['active', 'accepted', 'retired']) })),
});
export type ListedKeys = z.output<typeof listedKeys>;

/** What a request means. */
export const estimate = z.object({ documentCount: z.int(), fileCount: z.int(), sizeBytes: z.int() });

/** A download that was begun. */
export const begunDownload = z.object({ downloadId: z.string(), url: z.url(), expiresAt: z.string() });
export type BegunDownload = z.output<typeof begunDownload>;

const intakeWarning = z.object({
  line: z.int(),
  /** `OLDER_REVISION`, `ORG_UNIT_UNKNOWN`, or `ORG_UNITS_UNCHECKED` while the directory is away. */
  code: z.string(),
  message: z.string(),
  documentId: z.string().optional(),
  /** The OU that the directory does not have. */
  orgUnitId: z.string().optional(),
  /** The revisions that were sent and are known. */
  found: z.int().optional(),
  stored: z.int().optional(),
});

/** What became of the lines that were sent. */
export const intake = z.object({
  /** With those that changed nothing. */
  accepted: z.int(),
  /** Accepted ones that left the register as it was: older than what is known, or equal to it. */
  unchanged: z.int(),
  rejected: z.array(z.object({ line: z.int(), code: z.string(), message: z.string() })),
  /** Of accepted ones: the first thousand. */
  warnings: z.array(intakeWarning),
  warningCount: z.int(),
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
