import { archiveKey, backupPrefix, planKey, recordKey, tailKey, textsKey } from '@account-backups/object-store';

interface BuildKeys {
  readonly accountId: string;
  readonly backupId: string;
  readonly keyPart: string;
}

/** An attempt at a segment: `fence` is that of its claim. */
interface SegmentAttempt {
  readonly number: number;
  readonly fence: number;
}

/** The keys of a build's objects. Those that several attempts may write are the attempt's own; the row names them. */
export const buildObjects = {
  archive: ({ accountId, backupId, keyPart }: BuildKeys) => archiveKey(accountId, backupId, keyPart),
  plan: ({ keyPart, ...ids }: BuildKeys, number: number) => planKey({ ...ids, random: keyPart, ordinal: number }),
  record: (keys: BuildKeys, attempt: SegmentAttempt) => recordKey(attempted(keys, attempt)),
  tail: (keys: BuildKeys, attempt: SegmentAttempt) => tailKey(attempted(keys, attempt)),
  texts: (keys: BuildKeys, attempt: SegmentAttempt) => textsKey(attempted(keys, attempt)),
  /** Everything of a backup. */
  prefix: ({ accountId, backupId }: Pick<BuildKeys, 'accountId' | 'backupId'>) => backupPrefix(accountId, backupId),
};

function attempted({ keyPart, ...ids }: BuildKeys, { number, fence }: SegmentAttempt) {
  return { ...ids, random: keyPart, ordinal: number, fence };
}
