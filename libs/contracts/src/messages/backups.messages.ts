import { z } from 'zod';
import { archiveCounts } from '../archive-counts.js';
import {
  backupOptions,
  backupRequest,
  backupStatuses,
  backupView,
  frozenOrgUnit,
  pageOf,
  pageRequest,
  person,
  sealedPassword,
} from '../backups.js';
import { selection } from '../documents.js';
import { count, hostId, instant, ownId, sha256Hex } from '../ids.js';
import { caller } from '../trail.js';
import { request, signal } from './message-kinds.js';
import { account, permittedOrgUnits } from './permissions.messages.js';
import { subscriptionState } from './subscriptions.messages.js';

const who = { accountId: hostId, userId: hostId };
const one = z.strictObject({ ...who, backupId: ownId });

/** What the zip-builder must know to make an archive. */
const backupOrder = z.strictObject({
  backupId: ownId,
  account,
  status: z.enum(backupStatuses),
  createdAt: instant,
  createdBy: person,
  allOrgUnits: z.boolean(),
  /** The frozen scope: OUs and facilities with their names and places at the request. */
  scope: permittedOrgUnits,
  options: backupOptions,
  selection,
  sealedPassword: sealedPassword.nullable(),
});
export type BackupOrder = z.infer<typeof backupOrder>;

const cannotRequestReasons = ['PERMISSION_MISSING', 'SUBSCRIPTION_REQUIRED', 'BACKUP_ALREADY_PENDING'] as const;

const downloadableArchive = z.strictObject({
  backupId: ownId,
  userName: z.string(),
  objectKey: z.string(),
  sizeBytes: count,
  sha256: sha256Hex,
  fileName: z.string(),
  completedAt: instant,
  expiresAt: instant,
});
export type DownloadableArchive = z.infer<typeof downloadableArchive>;

/** A finished backup as its row has it: what proves how it was made. */
const backupRecord = z.strictObject({
  backupId: ownId,
  status: z.enum(['completed', 'expired']),
  account,
  requestedAt: instant,
  requestedBy: person,
  completedAt: instant,
  downloadExpiresAt: instant,
  allOrgUnits: z.boolean(),
  /** The frozen scope, with names and places as they were at the request. */
  scope: permittedOrgUnits,
  options: backupOptions,
  passwordProtected: z.boolean(),
  documentCount: count,
  exceptionCount: count,
  counts: archiveCounts.nullable(),
  archive: z.strictObject({ sizeBytes: count, sha256: sha256Hex, fileName: z.string() }),
  /** Who asks, by name. */
  askedBy: person,
  /** When they ask, by the database's clock. */
  askedAt: instant.optional(),
});
export type BackupRecord = z.infer<typeof backupRecord>;

export const backupsMessages = {
  'backups.create': request({
    about: 'Checks every rule of a request and writes a pending backup with its frozen scope.',
    owner: 'backups',
    payload: z.strictObject({
      ...who,
      /** The sender's choice, so that a password can be sealed for this backup alone. */
      backupId: ownId.optional(),
      request: backupRequest,
      sealedPassword: sealedPassword.nullable(),
      idempotencyKey: z.string().min(1).max(200).nullable(),
      /** Tells a reused key with another request apart; covers the password without revealing it. */
      requestFingerprint: z.string().max(200).nullable(),
      /** Who asks, and from where, for the trail. */
      calledBy: caller.optional(),
    }),
    reply: z.strictObject({ backup: backupView, created: z.boolean() }),
    timeoutMs: 20_000,
  }),
  'backups.estimate': request({
    about: 'Checks scope and options of a request as `backups.create` does and says how much they mean.',
    owner: 'backups',
    payload: z.strictObject({ ...who, request: backupRequest }),
    reply: z.strictObject({ documentCount: count, fileCount: count, sizeBytes: count }),
    timeoutMs: 20_000,
  }),
  'backups.list': request({
    about: 'The backups that a person may see now, newest first.',
    owner: 'backups',
    payload: z.strictObject({ ...who, ...pageRequest, status: z.enum(backupStatuses).nullable() }),
    reply: pageOf(backupView),
  }),
  'backups.get': request({
    about: 'One backup that the person may see now, else NOT_FOUND.',
    owner: 'backups',
    payload: one,
    reply: backupView,
  }),
  'backups.list-org-units': request({
    about: 'The OUs of a backup that the person may see now, in the order of its frozen scope, else NOT_FOUND.',
    owner: 'backups',
    payload: z.strictObject({ ...one.shape, ...pageRequest }),
    reply: pageOf(frozenOrgUnit),
  }),
  'backups.cancel': request({
    about: 'Cancels a pending backup that the person may see, else NOT_FOUND or BACKUP_NOT_PENDING.',
    owner: 'backups',
    payload: one.extend({ calledBy: caller.optional() }),
    reply: backupView,
  }),
  'backups.get-request-state': request({
    about: 'Whether a person could request a backup now and, if not, why.',
    owner: 'backups',
    payload: z.strictObject(who),
    reply: z.strictObject({
      canManageBackups: z.boolean(),
      /** Null while nobody knows: a request is then decided when it comes. */
      subscription: subscriptionState.nullable(),
      canRequestBackup: z.boolean(),
      cannotRequestBecause: z.enum(cannotRequestReasons).nullable(),
    }),
  }),
  'backups.get-archive': request({
    about: 'Where the archive of a completed backup lies, for a person who may download it now.',
    owner: 'backups',
    payload: one,
    reply: downloadableArchive,
  }),
  'backups.check-visible': request({
    about: 'Which backups these people may see now, in the order asked.',
    owner: 'backups',
    payload: z.strictObject({ asked: z.array(one).max(500) }),
    reply: z.strictObject({ visible: z.array(z.boolean()) }),
  }),
  'backups.get-record': request({
    about: 'What is on record of a completed or expired backup, for a person who may see it now.',
    owner: 'backups',
    payload: one,
    reply: backupRecord,
  }),
  'backups.get-order': request({
    about: 'What the zip-builder must know to build the archive of a backup, else NOT_FOUND.',
    owner: 'backups',
    payload: z.strictObject({ accountId: hostId, backupId: ownId }),
    reply: backupOrder,
  }),
  'backups.count-sealed': request({
    about: 'How many sealed passwords wait that need this key, or may need it.',
    owner: 'backups',
    payload: z.strictObject({ keyId: z.string().min(1).max(64) }),
    reply: z.strictObject({ count }),
    timeoutMs: 60_000,
  }),
  'backup.changed': signal({
    about: 'A backup changed: look again and tell those who may see it.',
    owner: 'backups',
    handledBy: ['gateway'],
    payload: z.strictObject({ accountId: hostId, backupId: ownId }),
  }),
};
