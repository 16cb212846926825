// Spin: makes a checker of a model, runs it over every state, and gives its report.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { filesBelow, textOf } from '../architecture/harness.js';

const run = promisify(execFile);

export interface Checked {
  /** Of the model, in this folder. */
  readonly file: string;
  /** What the model is compiled with: NAME or NAME=value. */
  readonly rules: readonly string[];
  /** What the checker is compiled with. */
  readonly compiled: readonly string[];
  readonly options: readonly string[];
}

/** Visits every state of the model and gives the report, which counts the errors. */
export async function explored({ file, rules, compiled, options }: Checked): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'account-backups-model-'));
  try {
    await run('spin', [...rules.map((rule) => `-D${rule}`), '-a', modelAt(file)], { cwd: folder });
    await run('cc', ['-O2', '-w', '-DVECTORSZ=2048', ...compiled, '-o', 'pan', 'pan.c'], { cwd: folder });
    const { stdout } = await run(join(folder, 'pan'), options, { cwd: folder, maxBuffer: 2 ** 26 });
    expect(stdout).not.toMatch(/search depth too small|out of memory/);
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** States of a report of `explored`. */
export function statesOf(report: string): number {
  return Number(/(\d+) states, stored/.exec(report)?.[1]);
}

/** Words behind "code:" in the model that no source of a service or library has. */
export async function namesUnknownToTheCode(file: string): Promise<readonly string[]> {
  const names = [...(await readFile(modelAt(file), 'utf8')).matchAll(/code: (\w+)/g)].map(([, name = '']) => name);
  const code = filesBelow()
    .filter((path) => /^(services|libs)\/.*\.ts$/.test(path) && !path.endsWith('.spec.ts'))
    .map(textOf)
    .join('\n');
  expect(names.length).toBeGreaterThan(10);
  return names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code));
}

function modelAt(file: string): string {
  return join(import.meta.dirname, file);
}
