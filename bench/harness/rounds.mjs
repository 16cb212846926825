// Runs candidates in turn (A B C A B C …), so that a busy minute falls on all of them, and takes medians.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Candidate
 * @property {string} name
 * @property {() => Promise<Record<string, number>>} run what one round measured; `seconds` is the whole process
 * @property {number} [rounds] fewer than the others, for very slow ones
 */

/** All rounds of all candidates: name → one record a round. The first round only warms the caches. */
export async function inTurn(candidates, rounds) {
  const results = new Map(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, run, rounds: most = rounds } of candidates) {
      if (round > most || (round === 0 && most < rounds)) continue;
      const measured = await run();
      if (round > 0) results.get(name).push(measured);
    }
  }
  return results;
}

/** Median, least and greatest of one measure. */
export function spread(records, measure) {
  const values = records.map((record) => record[measure]).sort((one, other) => one - other);
  const middle = values.length >> 1;
  const median = values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  return { median: rounded(median), least: rounded(values[0]), greatest: rounded(values.at(-1)) };
}

export const rounded = (value) => Math.round(value * 1_000) / 1_000;

/** Runs a program to its end; wall time of the whole process, and what it prints. Throws unless it ends with 0. */
export async function timed(command, args, options = {}) {
  const begun = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let printed = '';
  let complaints = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (complaints += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${(complaints || printed).slice(-600)}`);
  return { seconds: (performance.now() - begun) / 1_000, printed };
}

/** A folder of its own, removed at the end. */
export async function inFolder(act) {
  const folder = mkdtempSync(join(tmpdir(), 'zip-bench-'));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
