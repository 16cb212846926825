import { archiveKey, backupPrefix, planKey, recordKey } from '@account-backups/object-store';

interface BuildKeys {
  readonly accountId: string;
  readonly backupId: string;
  readonly keyPart: string;
}

/** Under which keys the objects of a build lie. */
export const buildObjects = {
  archive: ({ accountId, backupId, keyPart }: BuildKeys) => archiveKey(accountId, backupId, keyPart),
  plan: ({ keyPart, ...ids }: BuildKeys, ordinal: number) => planKey({ ...ids, random: keyPart, ordinal }),
  record: ({ keyPart, ...ids }: BuildKeys, ordinal: number) => recordKey({ ...ids, random: keyPart, ordinal }),
  /** Bytes of a segment that came out too small to be a part. */
  tail: (keys: BuildKeys, ordinal: number) => `${buildObjects.record(keys, ordinal)}.tail`,
  /** Rows of a segment for the texts that grow with the documents. */
  texts: (keys: BuildKeys, ordinal: number) => `${buildObjects.record(keys, ordinal)}.texts`,
  /** Everything of a backup. */
  prefix: ({ accountId, backupId }: Pick<BuildKeys, 'accountId' | 'backupId'>) => backupPrefix(accountId, backupId),
};
