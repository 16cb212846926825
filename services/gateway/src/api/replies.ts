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
    state: z.enum(['valid', 'scheduled', 'expired', 'none']),
    endsOn: z.string().nullable(),
    endsAt: z.string().nullable(),
    renewUrl: z.string(),
  }),
  nextScanAt: z.string(),
  canRequestBackup: z.boolean(),
  cannotRequestBecause: z.string().nullable(),
});

/** What a request means. */
export const estimate = z.object({ documentCount: z.int(), fileCount: z.int(), sizeBytes: z.int() });
/** A download that was begun. */
export const begun = z.object({ downloadId: z.string(), url: z.url(), expiresAt: z.string() });
/** What became of the lines of an intake. */
export const intake = z.object({
  accepted: z.int(),
  rejected: z.array(z.object({ line: z.int(), code: z.string(), message: z.string() })),
});
/** How many of each a directory holds. */
export const counts = z.object({
  facilities: z.int(),
  orgUnits: z.int(),
  roles: z.int(),
  users: z.int(),
  userGroups: z.int(),
});
