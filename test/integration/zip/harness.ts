import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;
const ZIP4J_JARS = ['/usr/share/java/zip4j.jar', '/usr/share/java/zip4j-2.11.4.jar'];
const environment = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' };

/** SHA-256 of each content by entry name. */
export type Hashes = Record<string, string>;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Runs a tool and returns what it prints. The error for a missing tool names its Debian package. */
export async function runTool(command: readonly string[], debianPackage: string): Promise<Buffer> {
  const [tool = '', ...args] = command;
  try {
    const { stdout } = await run(tool, args, { encoding: 'buffer', maxBuffer: 2 ** 28, env: environment });
    return stdout;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new Error(`${tool} is missing: install the package ${debianPackage}, which these tests need`, { cause });
  }
}

/** Debian calls it 7zz, or 7z through p7zip. */
export async function sevenZip(args: readonly string[]): Promise<Buffer> {
  try {
    return await runTool(['7zz', ...args], '7zip');
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('7zz is missing')) throw error;
    return runTool(['7z', ...args], '7zip');
  }
}

export function zip4jJar(): string {
  const jar = ZIP4J_JARS.find((path) => existsSync(path));
  if (jar) return jar;
  throw new Error('zip4j is missing: install the package libzip4j-java, which these tests need');
}

/** How each reader extracts an archive. All of them check CRC or authentication code as they read. */
export const readers = {
  '7-Zip': (archive: string, password?: string) =>
    extracted(async (folder) => {
      await sevenZip(['t', ...(password ? [`-p${password}`] : []), archive]);
      await sevenZip(['x', '-y', `-o${folder}`, ...(password ? [`-p${password}`] : []), archive]);
    }),
  bsdtar: (archive: string, password?: string) =>
    extracted(async (folder) => {
      const passphrase = password ? ['--passphrase', password] : [];
      await runTool(['bsdtar', ...passphrase, '-xf', archive, '-C', folder], 'libarchive-tools');
    }),
  zip4j: async (archive: string, password?: string) => {
    const program = ['-cp', zip4jJar(), '-Dfile.encoding=UTF-8', join(here, 'Zip4jHashes.java'), archive];
    return parsed(await runTool(['java', ...program, ...(password ? [password] : [])], 'default-jdk-headless'));
  },
  unzip: (archive: string) =>
    extracted(async (folder) => {
      await runTool(['unzip', '-tq', archive], 'unzip');
      await runTool(['unzip', '-q', archive, '-d', folder], 'unzip');
    }),
  python: async (archive: string) =>
    parsed(await runTool(['python3', join(here, 'python-hashes.py'), archive], 'python3')),
} as const;

/**
 * All contents in order, as libzip reads them with its consistency checks on. Up to version 1.8 it reports a CRC error
 * after the last byte of an AE-2 entry, whose CRC is 0 as the format demands (nih-at/libzip#261): only that is
 * tolerated.
 */
export async function libzipContents(archive: string, entryCount: number, password?: string): Promise<Buffer> {
  const contents: Buffer[] = [];
  for (let index = 0; index < entryCount; index += 1) {
    const unlock = password ? ['set_password', password] : [];
    const reading = runTool(['ziptool', '-c', archive, ...unlock, 'cat', String(index)], 'ziptool');
    contents.push(await (password ? reading.catch(contentDespiteCrcComplaint) : reading));
  }
  return Buffer.concat(contents);
}

function contentDespiteCrcComplaint(error: unknown): Buffer {
  const { stderr, stdout } = error as { readonly stderr?: Buffer; readonly stdout?: Buffer };
  if (stdout && stderr && /: CRC error\s*$/.test(stderr.toString())) return stdout;
  throw error;
}

/** Runs `act` in a folder of its own, which is removed afterwards. */
export async function inFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'zip-readers-'));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function extracted(extract: (folder: string) => Promise<void>): Promise<Hashes> {
  return inFolder(async (folder) => {
    await extract(folder);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    const paths = files.map((file) => join(file.parentPath, file.name));
    const hashes = await Promise.all(
      paths.map(async (path) => [relative(folder, path), sha256(await readFile(path))] as const),
    );
    return Object.fromEntries(hashes);
  });
}

function parsed(lines: Buffer): Hashes {
  const pairs = lines
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  return Object.fromEntries(pairs.map(([name = '', hash = '']) => [Buffer.from(name, 'base64').toString(), hash]));
}
