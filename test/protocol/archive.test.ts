// The model of an archive's way holds what it promises, finds the faults that were there, and names the code as it is.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { filesBelow, textOf } from '../architecture/harness.js';

const run = promisify(execFile);
const model = join(import.meta.dirname, 'archive.pml');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'account-backups-model-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Visits every state of the model and gives the report, which counts the errors. */
async function explored(...rules: readonly string[]): Promise<string> {
  await run('spin', [...rules.map((rule) => `-D${rule}`), '-a', model], { cwd: folder });
  await run('cc', ['-O2', '-w', '-DSAFETY', '-DNOREDUCE', '-DVECTORSZ=2048', '-o', 'pan', 'pan.c'], { cwd: folder });
  // -E: processes that have nothing left to do are no fault. -c0: all faults, not the first alone.
  const { stdout } = await run(join(folder, 'pan'), ['-E', '-c0', '-m1000000'], { cwd: folder, maxBuffer: 2 ** 26 });
  expect(stdout).not.toMatch(/search depth too small|out of memory/);
  return stdout;
}

it('holds in every state', async () => {
  const report = await explored();
  expect(report).toMatch(/errors: 0\b/);
  expect(Number(/(\d+) states, stored/.exec(report)?.[1])).toBeGreaterThan(10_000);
}, 120_000);

it('finds that a closer who comes late overwrites the archive, where completing is a rename', async () => {
  expect(await explored('LATE_RENAME')).toMatch(/assertion violated .*archive==completedArchive/);
}, 120_000);

it('finds that a late attempt overwrites the record of another, where both have one key', async () => {
  expect(await explored('SHARED_KEYS')).toMatch(/assertion violated .*records\[namedRecord\]==namedParts/);
}, 120_000);

it('names the code as it is', async () => {
  const names = [...(await readFile(model, 'utf8')).matchAll(/code: (\w+)/g)].map(([, name = '']) => name);
  const code = filesBelow()
    .filter((path) => /^(services|libs)\/.*\.ts$/.test(path) && !path.endsWith('.spec.ts'))
    .map(textOf)
    .join('\n');
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});
