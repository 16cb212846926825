import { z } from 'zod';
import { count, hostId, instant, ownId, sha256Hex } from './ids.js';

export const backupStatuses = ['pending', 'in_progress', 'completed', 'expired', 'cancelled', 'failed'] as const;
export type BackupStatus = (typeof backupStatuses)[number];

/** Why a backup failed; the words for people stand beside it in the row. */
export const failureCodes = [
  'permission_lost',
  'build_failed',
  'password_unreadable',
  'contents_lost',
  'waited_too_long',
] as const;
export type FailureCode = (typeof failureCodes)[number];

/** What a running backup waits for: the object store, another service or its database, or a free builder. */
export const waitReasons = ['store', 'service', 'builder'] as const;
export type WaitReason = (typeof waitReasons)[number];

const chosen = z
  .array(hostId)
  .max(50_000)
  .refine((ids) => new Set(ids).size === ids.length, 'expected each id once');

/** What a person asks for. Nothing chosen means every OU that they may back up. */
export const backupRequest = z.strictObject({
  facilityIds: chosen.optional(),
  orgUnitIds: chosen.optional(),
  includeActive: z.boolean().default(true),
  includeInactive: z.boolean().default(false),
  excludeSuperseded: z.boolean().default(false),
});
export type BackupRequest = z.infer<typeof backupRequest>;

export const backupOptions = z.strictObject({
  includeActive: z.boolean(),
  includeInactive: z.boolean(),
  excludeSuperseded: z.boolean(),
});

export const person = z.strictObject({ userId: hostId, name: z.string() });

/** One OU of a frozen set, with its name as it was at the request. */
export const frozenOrgUnit = z.strictObject({ orgUnitId: hostId, name: z.string() });

/** How many OUs a backup shows with its row; the others come in pages. */
export const SHOWN_ORG_UNITS = 20;

/** A backup as people and programs see it. */
export const backupView = z.strictObject({
  backupId: ownId,
  status: z.enum(backupStatuses),
  createdAt: instant,
  createdBy: person,
  downloadExpiresAt: instant.nullable(),
  allOrgUnits: z.boolean(),
  /** The first of the frozen set. */
  orgUnits: z.array(frozenOrgUnit).max(SHOWN_ORG_UNITS),
  /** Of the whole set. */
  orgUnitCount: count,
  options: backupOptions,
  passwordProtected: z.boolean(),
  documentCount: count.nullable(),
  exceptionCount: count.nullable(),
  /** The same by kind: whole documents, and files; left out where only their sum is known. */
  exceptionCounts: z.strictObject({ documents: count, files: count }).optional(),
  progress: z
    .strictObject({
      documents: count,
      sizeBytes: count,
      ofDocuments: count,
      ofSizeBytes: count,
      secondsLeft: count.nullable(),
    })
    .nullable(),
  waitingFor: z.enum(waitReasons).nullable(),
  waitingSince: instant.nullable(),
  archive: z.strictObject({ sizeBytes: count, sha256: sha256Hex, fileName: z.string() }).nullable(),
  failure: z.strictObject({ code: z.enum(failureCodes), message: z.string() }).nullable(),
  actions: z.strictObject({ cancel: z.boolean(), download: z.boolean() }),
});
export type BackupView = z.infer<typeof backupView>;

/** One page of a keyset listing. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });

export const pageRequest = {
  limit: z.number().int().min(1).max(200),
  cursor: z.string().min(1).max(500).nullable(),
};

/** A password as the gateway sealed it: only the zip-builder can open it. */
export const sealedPassword = z.string().min(1).max(4_096);
