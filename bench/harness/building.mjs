// What the benchmarks of building share: a builder is a process of its own, and what it made is opened by 7-Zip.
import { spawnSync } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { inFolder } from './rounds.mjs';

/** How builders are run: as their image does. */
export const NODE_FLAGS = process.env.NODE_FLAGS ?? '--max-semi-space-size=8 --max-old-space-size=1024';
export const AS_IN_THE_IMAGE = { NODE_FLAGS, MALLOC_ARENA_MAX: '2' };

/** The highest resident memory of a process so far, in MiB. */
export function peakMib(pid) {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024);
}

/** The resident memory of a process now, in MiB. */
export function residentMib(pid) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024);
}

const TICKS_A_SECOND = 100;

/**
 * The processor time that a process has taken so far, all its threads together, in seconds (proc(5), utime and stime).
 */
export function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
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

/** Has 7-Zip read every entry of a finished archive. Throws unless all is well. */
export function testArchive(yard, { objectKey }, password = '') {
  return inFolder(async (folder) => {
    const file = join(folder, 'archive.zip');
    await pipeline(await yard.store.get(objectKey), createWriteStream(file));
    const { status, stdout, stderr } = spawnSync('7zz', ['t', '-bd', `-p${password}`, file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`7-Zip ended with ${status}: ${(stderr || stdout).slice(-600)}`);
  });
}

/** When a builder's log first, or last, tells of an event, in milliseconds. */
export function timeOf(builders, event, which = 'first') {
  const times = builders.flatMap(({ events }) => events.filter((each) => each.event === event));
  const all = times.map(({ time }) => Date.parse(time)).toSorted((a, b) => a - b);
  return which === 'first' ? all[0] : all.at(-1);
}

/** A whole number from the environment. */
export function option(name, otherwise) {
  return Number(process.env[name] ?? otherwise);
}
