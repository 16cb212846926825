import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@account-backups/contracts';
import { metadataOfCsv, metadataOfJson, type FileMetadata } from './metadata.js';

export interface FolderFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly location: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
  readonly metadata: FileMetadata;
}

const METADATA_CSV = 'metadata.csv';

/**
 * Every file below a folder with its metadata, folder by folder in the order of names. Leaves out hidden files,
 * metadata files and symbolic links. Throws `VALIDATION_FAILED` for metadata that cannot be read or names a missing
 * file.
 */
export async function readFolder(folder: string): Promise<readonly FolderFile[]> {
  const paths = await pathsBelow(folder, '');
  const known = new Set(paths);
  const table = known.has(METADATA_CSV) ? await readTable(join(folder, METADATA_CSV)) : new Map<string, FileMetadata>();
  const isSidecar = (path: string) => path.endsWith('.json') && known.has(path.slice(0, -'.json'.length));
  const wanted = paths.filter((path) => path !== METADATA_CSV && !isSidecar(path));
  requireFiles(table, new Set(wanted));
  const files: FolderFile[] = [];
  for (const path of wanted) {
    const location = join(folder, path);
    const { size, mtime } = await stat(location);
    const sidecar = known.has(`${path}.json`) ? await readSidecar(`${location}.json`) : {};
    files.push({ path, location, sizeBytes: size, modifiedAt: mtime, metadata: { ...table.get(path), ...sidecar } });
  }
  return files;
}

async function pathsBelow(folder: string, above: string): Promise<readonly string[]> {
  const entries = await entriesOf(join(folder, above));
  const paths: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) paths.push(...(await pathsBelow(folder, `${above}${entry.name}/`)));
    if (entry.isFile()) paths.push(`${above}${entry.name}`);
  }
  return paths;
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', `${folder} cannot be read: expected a folder`, { cause });
  }
}

async function readTable(file: string): Promise<ReadonlyMap<string, FileMetadata>> {
  return naming(file, async () => metadataOfCsv(await readFile(file, 'utf8')));
}

async function readSidecar(file: string): Promise<FileMetadata> {
  return naming(file, async () => metadataOfJson(await readFile(file, 'utf8')));
}

async function naming<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', `${file}: ${cause instanceof Error ? cause.message : ''}`, { cause });
  }
}

function requireFiles(table: ReadonlyMap<string, FileMetadata>, files: ReadonlySet<string>): void {
  const missing = [...table.keys()].filter((path) => !files.has(path));
  if (missing.length === 0) return;
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
  throw new AppError('VALIDATION_FAILED', `${METADATA_CSV}: there is no file ${missing[0]}${more}`);
}
