import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { AppError } from '@account-backups/contracts';
import { nameText } from './file-names.js';
import { reasonToLeaveOut } from './left-out.js';
import type { ImportFailure, LeftOut } from './summary.js';

/** What lies below a folder, in the order of names. */
interface Walked {
  /** Paths with `/`, relative to the folder. */
  readonly paths: string[];
  readonly leftOut: LeftOut[];
  /** What cannot be registered: a name that is not UTF-8, a folder that cannot be read. */
  readonly failed: ImportFailure[];
}

interface Place {
  readonly location: Buffer;
  /** Relative, ends with `/` unless it is the folder itself. */
  readonly path: string;
  readonly isUtf8: boolean;
}

/** Walks a folder without following links. Throws `VALIDATION_FAILED` if it is none. */
export async function walkFolder(folder: string): Promise<Walked> {
  const walked: Walked = { paths: [], leftOut: [], failed: [] };
  const place = { location: Buffer.from(folder), path: '', isUtf8: true };
  const entries = await entriesOf(place).catch((cause: unknown) => {
    throw new AppError('VALIDATION_FAILED', `${folder} cannot be read: expected a folder`, { cause });
  });
  await take(place, entries, walked);
  return walked;
}

type Entry = Dirent<Buffer>;

async function entriesOf({ location }: Place): Promise<readonly Entry[]> {
  const entries = await readdir(location, { withFileTypes: true, encoding: 'buffer' });
  return entries.sort((left, right) => Buffer.compare(left.name, right.name));
}

async function take(above: Place, entries: readonly Entry[], walked: Walked): Promise<void> {
  for (const entry of entries) {
    const { text, isUtf8 } = nameText(entry.name);
    const path = `${above.path}${text}${entry.isDirectory() ? '/' : ''}`;
    const reason = reasonToLeaveOut(text) ?? kindToLeaveOut(entry);
    const place = {
      location: Buffer.concat([above.location, Buffer.from('/'), entry.name]),
      path,
      isUtf8: above.isUtf8 && isUtf8,
    };
    if (reason !== undefined) walked.leftOut.push({ path, reason });
    else if (entry.isDirectory()) await enter(place, walked);
    else if (place.isUtf8) walked.paths.push(path);
    else walked.failed.push({ path, code: 'VALIDATION_FAILED', message: 'its name is not UTF-8: rename it' });
  }
}

async function enter(place: Place, walked: Walked): Promise<void> {
  const entries = await entriesOf(place).catch(() => undefined);
  if (entries) return take(place, entries, walked);
  walked.failed.push({ path: place.path, code: 'SOURCE_UNUSABLE', message: 'the folder cannot be read' });
}

function kindToLeaveOut(entry: Entry): string | undefined {
  if (entry.isFile() || entry.isDirectory()) return undefined;
  return entry.isSymbolicLink() ? 'a symbolic link' : 'no file: a pipe, socket or device';
}
