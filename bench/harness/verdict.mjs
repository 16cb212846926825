// Tells what was measured, on what, and whether the targets were met: a table, and bench/results/<name>.json.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { rounded } from './rounds.mjs';

/** A target: `value` must be at most (or at least) `limit`. */
export const atMost = (what, value, limit) => ({
  what,
  value: rounded(value),
  limit: `≤ ${limit}`,
  met: value <= limit,
});
export const atLeast = (what, value, limit) => ({
  what,
  value: rounded(value),
  limit: `≥ ${limit}`,
  met: value >= limit,
});

/** The machine, and how busy it was: other work beside a bench makes its figures unfair. */
export function machine(loadBefore) {
  return {
    processor: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    system: `Linux ${release()}`,
    node: process.version,
    commit: commit(),
    sevenZip: /^7-Zip.*?(\d+\.\d+)/m.exec(spawnSync('7zz', [], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 'missing',
    loadBefore: rounded(loadBefore),
    quiet: loadBefore < 0.5,
  };
}

/** What was measured: the commit, `+` when files were changed since. */
function commit() {
  const git = (...args) => spawnSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).stdout?.trim() ?? '';
  return `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${git('status', '--porcelain') ? '+' : ''}`;
}

/** Processes that were waiting for a core in the last minute. */
export const load = () => loadavg()[0];

/** Prints and keeps the result; a missed target is the process's exit code 1. */
export function conclude({ name, about, loadBefore, rows, targets }) {
  const on = machine(loadBefore);
  console.log(`\n${name}: ${about}`);
  console.log(
    `${on.processor}, ${on.memoryGib} GiB, Node ${on.node}, 7-Zip ${on.sevenZip}, commit ${on.commit}, load before ${on.loadBefore}`,
  );
  console.table(rows);
  console.table(targets.map(({ met, ...target }) => ({ ...target, verdict: met ? 'pass' : 'MISS' })));
  const folder = resolve(import.meta.dirname, '..', 'results');
  mkdirSync(folder, { recursive: true });
  const result = { name, about, at: new Date().toISOString(), machine: on, rows, targets };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  if (targets.some(({ met }) => !met)) process.exitCode = 1;
}
