import { z } from 'zod';
import { pageOf, pageRequest, person } from '../backups.js';
import { chainId, count, hostId, instant, ownId } from '../ids.js';
import { request } from './message-kinds.js';

const downloadOutcomes = ['complete', 'interrupted', 'in_progress'] as const;

export const downloadView = z.strictObject({
  downloadId: ownId,
  startedAt: instant,
  endedAt: instant.nullable(),
  user: person,
  ipAddress: z.string(),
  userAgent: z.string(),
  /** Distinct bytes of the archive that were sent, over all ranges. */
  bytesSent: count,
  ofBytes: count,
  outcome: z.enum(downloadOutcomes),
});
export type DownloadView = z.infer<typeof downloadView>;

const chainHead = z.strictObject({ sequence: count, hash: z.string() });

/** A C2SP signed note. */
const checkpoint = z.string().max(4_096);

const download = { accountId: hostId, backupId: ownId, downloadId: ownId };

export const downloadsMessages = {
  'downloads.start': request({
    about: 'Records that a person takes a backup; without this record nothing is served.',
    owner: 'download-audit',
    payload: z.strictObject({
      accountId: hostId,
      backupId: ownId,
      user: person,
      ipAddress: z.string().max(64),
      userAgent: z.string().max(500),
      ofBytes: count,
      expiresAt: instant,
      /** The sender's choice, so that the same message twice is one download. */
      downloadId: ownId.optional(),
    }),
    reply: z.strictObject({ downloadId: ownId }),
  }),
  'downloads.get': request({
    about: 'One download of a person, else NOT_FOUND.',
    owner: 'download-audit',
    payload: z.strictObject({ ...download, userId: hostId }),
    reply: z.strictObject({ downloadId: ownId, ofBytes: count, expiresAt: instant }),
  }),
  'downloads.begin-range': request({
    about: 'Records that a range of a download is about to be sent.',
    owner: 'download-audit',
    payload: z.strictObject({
      ...download,
      /** First byte and the byte after the last one. */
      from: count,
      to: count,
      ipAddress: z.string().max(64),
      userAgent: z.string().max(500),
      /** The sender's choice, so that the same message twice is one range. */
      transferId: ownId.optional(),
    }),
    reply: z.strictObject({ transferId: ownId }),
  }),
  'downloads.note-sent': request({
    about: 'Notes how far a range has got, every few seconds; one whose sender falls silent is closed with that.',
    owner: 'download-audit',
    payload: z.strictObject({ accountId: hostId, transferId: ownId, bytesSent: count }),
    reply: z.strictObject({}),
  }),
  'downloads.end-range': request({
    about: 'Records how far a range got.',
    owner: 'download-audit',
    payload: z.strictObject({ ...download, transferId: ownId, bytesSent: count }),
    reply: z.strictObject({}),
  }),
  'downloads.list': request({
    about: 'The downloads of a backup, newest first.',
    owner: 'download-audit',
    payload: z.strictObject({ accountId: hostId, backupId: ownId, ...pageRequest }),
    reply: pageOf(downloadView),
  }),
  'downloads.get-chain-head': request({
    about: "The last link of an account's audit chain; sequence 0 where nothing was recorded.",
    owner: 'download-audit',
    payload: z.strictObject({ accountId: hostId }),
    /** `checkpoint` states it; null or absent for one that was written before there were keys, or by somebody else. */
    reply: chainHead.extend({ checkpoint: checkpoint.nullish() }),
  }),
  'downloads.verify-chain': request({
    about: "Recomputes an account's audit chain and says where it is broken, if it is.",
    owner: 'download-audit',
    payload: z.strictObject({
      accountId: chainId,
      /** What the chain must have been; absent: what the store has. */
      checkpoints: z.array(checkpoint).max(100).optional(),
    }),
    reply: z.strictObject({
      links: count,
      head: chainHead,
      fault: z.strictObject({ sequence: count, message: z.string() }).nullable(),
    }),
    timeoutMs: 120_000,
  }),
  'downloads.make-checkpoint': request({
    about: 'Makes a checkpoint of an audit chain as it is, keeps it in the store, and gives it.',
    owner: 'download-audit',
    payload: z.strictObject({ accountId: chainId }),
    reply: z.strictObject({ checkpoint }),
    timeoutMs: 120_000,
  }),
  'downloads.get-checkpoint-verifier': request({
    about: 'What others need to check the signatures of checkpoints: `name+hash+key`.',
    owner: 'download-audit',
    payload: z.strictObject({}),
    reply: z.strictObject({ verifier: z.string() }),
  }),
};
