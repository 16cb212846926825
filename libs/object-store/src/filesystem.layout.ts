import { mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '@account-backups/contracts';
import { errnoOf, isAbsent } from './filesystem.error.js';
import { assertObjectKey } from './object-key.js';
import { randomKeyPart } from './random-key-part.js';

const moveAttempts = 10;

/**
 * The folders below the root, all in one file system so that a rename is atomic:
 * `objects/<key>`, `uploads/<uploadId>/…`, and `temporary/` for what is not finished.
 */
export class FilesystemLayout {
  readonly objects: string;
  readonly uploads: string;
  readonly temporary: string;

  constructor(root: string) {
    this.objects = join(root, 'objects');
    this.uploads = join(root, 'uploads');
    this.temporary = join(root, 'temporary');
  }

  async make(): Promise<void> {
    for (const folder of [this.objects, this.uploads, this.temporary]) await mkdir(folder, { recursive: true });
  }

  /** Tells a store that is away (a volume that is not mounted) from an object that is missing. */
  async assertPresent(): Promise<void> {
    for (const folder of [this.objects, this.uploads, this.temporary]) await stat(folder);
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
    await this.assertPresent();
    const path = this.objectPath(key);
    await this.moveInto(temporaryPath, path, key);
    await syncFolder(dirname(path));
  }

  /** Deletes an object and the folders that it leaves empty. */
  async remove(key: string): Promise<void> {
    const path = this.objectPath(key);
    await rm(path, { force: true }).catch((error: unknown) => {
      if (!isAbsent(error)) throw error;
    });
    await this.removeEmptyFolders(dirname(path));
  }

  // Another process may remove the folder as empty between mkdir and rename.
  private async moveInto(from: string, path: string, key: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await mkdir(dirname(path), { recursive: true });
        return await rename(from, path);
      } catch (error) {
        if (isCollision(error)) {
          throw new AppError('VALIDATION_FAILED', `object key ${key} collides with another key`, { cause: error });
        }
        if (!isAbsent(error) || attempt === moveAttempts) throw error;
      }
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
  const handle = await open(folder, 'r').catch((error: unknown) => {
    if (isAbsent(error)) return null; // Emptied and removed by another process meanwhile.
    throw error;
  });
  if (!handle) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCollision(error: unknown): boolean {
  return ['EEXIST', 'EISDIR', 'ENOTEMPTY', 'ENOTDIR'].includes(errnoOf(error) ?? '');
}
