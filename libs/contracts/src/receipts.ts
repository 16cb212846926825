import { z } from 'zod';
import { archiveCounts } from './archive-counts.js';
import { backupOptions, person } from './backups.js';
import { count, hostId, instant, ownId, sha256Hex } from './ids.js';

export const RECEIPT_FORMAT = 'account-backups-receipt/1';

/** What a receipt states of one finished backup. Later versions may add fields. */
export const receipt = z.looseObject({
  format: z.literal(RECEIPT_FORMAT),
  issuedAt: instant,
  issuedTo: person,
  account: z.looseObject({ accountId: hostId, name: z.string(), timeZone: z.string() }),
  backup: z.looseObject({
    backupId: ownId,
    status: z.enum(['completed', 'expired']),
    requestedAt: instant,
    requestedBy: person,
    completedAt: instant,
    downloadExpiresAt: instant,
  }),
  scope: z.looseObject({
    allOrgUnits: z.boolean(),
    facilities: z.array(z.looseObject({ facilityId: hostId, name: z.string() })),
    orgUnits: z.array(
      z.looseObject({
        orgUnitId: hostId,
        name: z.string(),
        parentOrgUnitId: hostId.nullable(),
        facilityId: hostId.nullable(),
      }),
    ),
    options: backupOptions,
  }),
  /** `accounted`: what became of all that lay in the scope; null or absent for an archive made before it was kept. */
  counts: z.looseObject({ documents: count, exceptions: count, accounted: archiveCounts.nullish() }),
  archive: z.looseObject({
    fileName: z.string(),
    sizeBytes: count,
    sha256: sha256Hex,
    passwordProtected: z.boolean(),
  }),
  /** Of the account's record of downloads when the receipt was issued; sequence 0 where nothing was recorded. */
  auditChainHead: z.looseObject({ sequence: count, sha256: z.string() }),
  /** A C2SP signed note that states this head; null or absent where the audit could not vouch for it. */
  auditCheckpoint: z.string().nullish(),
});
export type Receipt = z.infer<typeof receipt>;

/** A receipt as it travels: the signature is over the UTF-8 bytes of `receipt`, exactly as they stand. */
export const signedReceipt = z.object({
  /** JSON as in `receipt`. */
  receipt: z.string(),
  algorithm: z.literal('Ed25519'),
  /** Base64 of the 64 bytes of RFC 8032. */
  signature: z.base64(),
  /** SHA-256 of the public key's SPKI DER, lower-case hex. */
  keyId: sha256Hex,
  /** PEM. */
  publicKey: z.string(),
});
export type SignedReceipt = z.infer<typeof signedReceipt>;
