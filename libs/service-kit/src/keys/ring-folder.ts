// Key rings as files, a folder for each service: what `npm start`, docker compose and operators keep.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '@account-backups/contracts';
import { KeyRing, parseKeyRing, RingKey } from './key-ring.js';
import { newKey } from './new-key.js';
import { ringPlaces, type RingName, type RingPlace } from './rings.js';

/** What is known of a key besides itself; no secret. */
export interface KeyNote {
  readonly keyId: string;
  /** Null for a key that came from elsewhere. */
  readonly createdAt: string | null;
  readonly activeAt?: string;
  readonly retiredAt?: string;
}

/**
 * Rings below a folder: `<service>/<SETTING>` for each place of a ring, and beside the first one `<SETTING>.json`,
 * which remembers when keys came and went. Files are replaced as a whole, and only their owner reads them.
 */
export class RingFolder {
  constructor(private readonly folder: string) {}

  fileOf({ service, setting }: Pick<RingPlace, 'service' | 'setting'>): string {
    return join(this.folder, service, setting);
  }

  /** Undefined for a ring that is not kept here. Throws `CONFIGURATION_INVALID` for one that cannot be read. */
  async find(ring: RingName): Promise<KeyRing | undefined> {
    const [first] = ringPlaces[ring];
    const text = await textIn(this.fileOf(first));
    if (text === undefined) return undefined;
    try {
      return parseKeyRing(text, first.kind);
    } catch (error) {
      throw new AppError('CONFIGURATION_INVALID', `${this.fileOf(first)}: ${String(error)}`, { cause: error });
    }
  }

  /** Makes a ring of one key, `former` or a fresh one, unless there is one. */
  async create(ring: RingName, now: Date, former?: RingKey): Promise<void> {
    if (await this.find(ring)) return;
    const key = former ?? newKey(ring, now);
    const createdAt = former ? null : now.toISOString();
    const notes = await this.notes(ring);
    await this.note(ring, [...notes, { keyId: key.keyId, createdAt, activeAt: now.toISOString() }]);
    await this.write(ring, new KeyRing([key]));
  }

  /** Writes it for every service that has it, whoever opens before whoever seals. */
  async write(ring: RingName, keys: KeyRing): Promise<void> {
    for (const place of ringPlaces[ring]) {
      await replace(this.fileOf(place), `${(place.isPublic ? keys.publicHalves() : keys).toText()}\n`);
    }
  }

  async notes(ring: RingName): Promise<readonly KeyNote[]> {
    const text = await textIn(this.noteFile(ring));
    return text === undefined ? [] : (JSON.parse(text) as KeyNote[]);
  }

  async note(ring: RingName, notes: readonly KeyNote[]): Promise<void> {
    await replace(this.noteFile(ring), `${JSON.stringify(notes, null, 2)}\n`);
  }

  /** Runs `work` while nobody else changes the ring. */
  async alone<T>(ring: RingName, work: () => Promise<T>): Promise<T> {
    const lock = `${this.fileOf(ringPlaces[ring][0])}.lock`;
    await take(lock);
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  }

  private noteFile(ring: RingName): string {
    return `${this.fileOf(ringPlaces[ring][0])}.json`;
  }
}

async function take(lock: string): Promise<void> {
  try {
    await (await open(lock, 'wx', 0o600)).close();
  } catch (cause) {
    if (codeOf(cause) !== 'EEXIST') throw unwritable(lock, cause);
    const remedy = 'wait for it, or remove that file if it is gone';
    throw new AppError('UNAVAILABLE', `another command changes this ring (${lock}): ${remedy}`, { cause });
  }
}

async function textIn(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

/** Whoever reads it finds the file before or the file after, also when the machine stops in between. */
async function replace(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw unwritable(file, cause);
  }
}

function unwritable(file: string, cause: unknown): AppError {
  const remedy =
    'where keys are mounted, change a copy of them (KEYS_DIR) and name with --publish what carries it there';
  return new AppError('CONFIGURATION_INVALID', `${file} cannot be written (${codeOf(cause)}): ${remedy}`, { cause });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
