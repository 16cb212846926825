import { link, mkdir, open, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { AppError } from '@account-backups/contracts';
import { assertObjectKey } from '../keys/object-key.js';
import { randomKeyPart } from '../keys/random-key-part.js';
import { IDENTITY_KEY, KnownStore, type StoreIdentity } from '../store-identity.js';
import { errnoOf, isAbsent, unlessAbsent } from './filesystem.error.js';
import { writeFileDurably } from './filesystem.writer.js';

const MAX_MOVE_ATTEMPTS = 10;
const LOOKS = 2;

/**
 * What lies below the root, on one file system with hard links, so that a rename or a link is atomic: `store.json`,
 * `objects/<key>`, `uploads/<uploadId>/…`, and `temporary/` for what is unfinished.
 */
export class FilesystemLayout {
  readonly objects: string;
  readonly uploads: string;
  readonly temporary: string;

  private readonly identityPath: string;
  private readonly store: KnownStore;

  constructor(root: string, storeId: string | undefined) {
    this.identityPath = join(root, IDENTITY_KEY);
    this.store = new KnownStore(() => unlessAbsent(readFile(this.identityPath)), storeId);
    this.objects = join(root, 'objects');
    this.uploads = join(root, 'uploads');
    this.temporary = join(root, 'temporary');
  }

  async initialise(): Promise<StoreIdentity> {
    for (const folder of [this.objects, this.uploads, this.temporary])
      await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await unlessAbsent(stat(this.identityPath))) === null) {
      const draft = this.newTemporaryPath();
      await writeFileDurably(draft, (file) => file.writeFile(this.store.newIdentity()));
      await linkUnlessTaken(draft, this.identityPath);
      await rm(draft, { force: true });
      await syncFolder(dirname(this.identityPath));
    }
    return this.store.identity();
  }

  /** Throws unless the right store is there, so that in an empty mount point no object is called missing. */
  assertPresent(): Promise<void> {
    return this.store.assertPresent();
  }

  /**
   * What `look` finds, or null for what is really missing. One look is not enough: the volume may go before it and be
   * back before the store's identity is read.
   */
  async found<T>(look: () => Promise<T>): Promise<T | null> {
    for (let looks = 1; ; looks += 1) {
      const found = await unlessAbsent(look());
      if (found !== null) return found;
      await this.assertPresent();
      if (looks === LOOKS) return null;
    }
  }

  objectPath(key: string): string {
    assertObjectKey(key);
    return join(this.objects, key);
  }

  newTemporaryPath(): string {
    return join(this.temporary, randomKeyPart());
  }

  /** Moves a finished temporary file to its key and makes the move durable. */
  async publish(temporaryPath: string, key: string): Promise<void> {
    await this.place(key, (path) => rename(temporaryPath, path));
  }

  /**
   * Links a finished file to its key and makes the link durable; false where there is an object, which stays. Throws
   * `ENOENT` when the file is gone.
   */
  publishNew(finishedPath: string, key: string): Promise<boolean> {
    return this.place(key, (path) => linkUnlessTaken(finishedPath, path));
  }

  /** Deletes an object and the folders that it leaves empty. */
  async remove(key: string): Promise<void> {
    const path = this.objectPath(key);
    await this.found(() => rm(path));
    await this.removeEmptyFolders(dirname(path));
  }

  private async place<T>(key: string, put: (path: string) => Promise<T>): Promise<T> {
    await this.assertPresent();
    const path = this.objectPath(key);
    const placed = await this.intoFolderOf(path, key, () => put(path));
    await syncFolder(dirname(path));
    return placed;
  }

  // Another process may remove the folder as empty before the file is in it.
  private async intoFolderOf<T>(path: string, key: string, put: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.makeFolders(dirname(path));
        return await put();
      } catch (error) {
        if (isCollision(error)) {
          throw new AppError('VALIDATION_FAILED', `object key ${key} collides with another key`, { cause: error });
        }
        if (!isAbsent(error) || attempt === MAX_MOVE_ATTEMPTS) throw error;
      }
    }
  }

  // Never `objects` itself: where that is missing, the volume has gone since its identity was read.
  private async makeFolders(folder: string): Promise<void> {
    const names = relative(this.objects, folder).split(sep);
    let path = this.objects;
    for (const name of names) {
      path = join(path, name);
      await mkdir(path).catch((error: unknown) => {
        if (errnoOf(error) !== 'EEXIST') throw error;
      });
    }
  }

  private async removeEmptyFolders(from: string): Promise<void> {
    for (let folder = from; folder.length > this.objects.length; folder = dirname(folder)) {
      try {
        await rmdir(folder);
      } catch {
        return; // Not empty, or gone already: nothing left to clean.
      }
    }
  }
}

/** Makes renames within a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await unlessAbsent(open(folder, 'r'));
  if (!handle) return; // Emptied and removed by another process meanwhile.
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Leaves a file that is there already as it is: false. */
async function linkUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST' || !(await stat(to)).isFile()) throw error;
    return false;
  }
}

function isCollision(error: unknown): boolean {
  return ['EEXIST', 'EISDIR', 'ENOTEMPTY', 'ENOTDIR'].includes(errnoOf(error) ?? '');
}
