import {
  keyStatus,
  ringNames,
  type KeyNote,
  type KeyRing,
  type KeyStatus,
  type RingFolder,
  type RingName,
} from '@account-backups/service-kit/keys';

interface ListedKey {
  readonly ring: RingName;
  readonly keyId: string;
  readonly status: KeyStatus;
  /** Null where nobody remembers. */
  readonly createdAt: string | null;
}

/** The ids that a running process holds. */
type HeldBy = (ring: RingName) => Promise<readonly string[] | undefined>;

/** All keys of all rings: as the files have them, else as a running process says. */
export async function listKeys(folder: RingFolder, heldBy: HeldBy): Promise<readonly ListedKey[]> {
  const lists: (readonly ListedKey[])[] = [];
  for (const ring of ringNames) {
    const kept = await folder.find(ring);
    if (kept) lists.push(ofFiles(ring, kept, await folder.notes(ring)));
    else lists.push(ofProcess(ring, (await heldBy(ring)) ?? []));
  }
  return lists.flat();
}

function ofFiles(ring: RingName, kept: KeyRing, notes: readonly KeyNote[]): readonly ListedKey[] {
  const createdAt = new Map(notes.map((note) => [note.keyId, note.createdAt]));
  const held = kept.keys.map((key): ListedKey => {
    const { keyId } = key;
    return { ring, keyId, status: keyStatus(kept, key), createdAt: createdAt.get(keyId) ?? null };
  });
  const gone = notes.filter((note) => note.retiredAt !== undefined && !kept.find(note.keyId));
  return [...held, ...gone.map((note): ListedKey => ({ ring, ...pick(note), status: 'retired' }))];
}

function pick({ keyId, createdAt }: KeyNote): Pick<ListedKey, 'keyId' | 'createdAt'> {
  return { keyId, createdAt };
}

function ofProcess(ring: RingName, keyIds: readonly string[]): readonly ListedKey[] {
  return keyIds.map((keyId, place) => ({
    ring,
    keyId,
    status: place === 0 ? 'active' : 'accepted',
    createdAt: null,
  }));
}
