import { createHash } from 'node:crypto';
import { ZipError, type EntryRecord, type ZipReader } from '@account-backups/zip';

export interface ReadContent {
  /** Null for content that cannot be read. */
  readonly sha256: string | null;
  /** Empty unless it was wanted. */
  readonly text: string;
}

const UNREADABLE: ReadContent = { sha256: null, text: '' };
/** So many entries in a row, from the first on, do not open with a wrong password; damage to several is rarer. */
const TRIALS = 3;

/** Reads entries with one password. */
export class EntryReading {
  private opened = 0;
  private refused = 0;

  constructor(
    private readonly archive: ZipReader,
    private readonly password: string | undefined,
  ) {}

  /** Throws `PASSWORD_REQUIRED`, and `WRONG_PASSWORD` once it is clear that it is the password's fault. */
  async read(entry: EntryRecord, keepText: boolean): Promise<ReadContent> {
    const hash = createHash('sha256');
    const kept: Buffer[] = [];
    try {
      for await (const chunk of this.archive.content(entry, this.password)) {
        hash.update(chunk);
        if (keepText) kept.push(chunk);
      }
    } catch (error) {
      this.refuseWrongPassword(error);
      return UNREADABLE;
    }
    if (entry.encrypted) this.opened += 1;
    return { sha256: hash.digest('hex'), text: Buffer.concat(kept).toString('utf8') };
  }

  private refuseWrongPassword(error: unknown): void {
    if (!ZipError.is(error) || ZipError.is(error, 'PASSWORD_REQUIRED')) throw error;
    if (!ZipError.is(error, 'WRONG_PASSWORD')) return;
    this.refused += 1;
    if (this.opened === 0 && this.refused >= TRIALS) throw error;
  }
}
