// What the benchmarks of building share: how a builder is looked at, and how results are shown and kept.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const MIB = 1_048_576;

/** How builders are run where memory counts: without bounds V8 leaves garbage lying that costs nothing to collect. */
export const NODE_FLAGS = process.env.NODE_FLAGS ?? '--max-semi-space-size=2 --max-old-space-size=160';

/** The highest resident memory of a process so far, in MiB. */
export function peakMib(pid) {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024);
}

/** Waits until `look` gives something. */
export async function until(look, everyMs = 20) {
  for (;;) {
    const found = await look();
    if (found) return found;
    await sleep(everyMs);
  }
}

/** The end of a backup; throws unless it completed. */
export async function completion(yard, backupId) {
  const outcome = await until(() => yard.outcomes.get(backupId)?.[0]);
  if (outcome.status !== 'completed') throw new Error(`the backup is ${outcome.status}: ${outcome.message}`);
  return outcome;
}

/** Seconds from one event of a log to another. */
export function secondsBetween(first, last) {
  return (Date.parse(last.time) - Date.parse(first.time)) / 1_000;
}

/** A whole number from the environment. */
export function option(name, otherwise) {
  return Number(process.env[name] ?? otherwise);
}

/** Prints a table and writes bench/results/<name>.json. */
export function report(name, rows) {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
  console.log(`${name} — ${machine}, Node ${process.version}`);
  console.table(rows);
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const result = { name, at: new Date().toISOString(), machine, node: process.version, rows };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}
