import { createHash } from 'node:crypto';
import { ZipError, type EntryRecord, type ZipReader } from '@account-backups/zip';

/**
 * When so many entries fail to open, and none before them opened, the password is wrong rather than each of them
 * damaged.
 */
const MIN_REFUSALS = 3;

/** Reads entries with one password. */
export class EntryReading {
  private opened = 0;
  private refused = 0;

  constructor(
    private readonly archive: ZipReader,
    private readonly password: string | undefined,
  ) {}

  /**
   * SHA-256 of an entry's content, or null for one that cannot be read.
   * Throws `PASSWORD_REQUIRED`, and `WRONG_PASSWORD` once it is clear that the password is at fault.
   */
  async digest(entry: EntryRecord): Promise<Buffer | null> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of this.content(entry)) hash.update(chunk);
    } catch (error) {
      this.refuseWrongPassword(error);
      return null;
    }
    if (entry.encrypted) this.opened += 1;
    return hash.digest();
  }

  /** Throws as `ZipReader.content`. */
  content(entry: EntryRecord): AsyncGenerator<Buffer> {
    return this.archive.content(entry, this.password);
  }

  private refuseWrongPassword(error: unknown): void {
    if (!ZipError.is(error) || ZipError.is(error, 'PASSWORD_REQUIRED')) throw error;
    if (!ZipError.is(error, 'WRONG_PASSWORD')) return;
    this.refused += 1;
    if (this.opened === 0 && this.refused >= MIN_REFUSALS) throw error;
  }
}
