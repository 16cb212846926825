// How long single calls take, one after another.
import { rounded } from './rounds.mjs';

/** Milliseconds of each of `calls` calls, after a tenth of them for warming up: median, p99 and the slowest. */
export async function latencyOf(calls, call) {
  for (let number = 0; number < calls / 10; number += 1) await call(number);
  const times = [];
  for (let number = 0; number < calls; number += 1) {
    const begun = performance.now();
    await call(number);
    times.push(performance.now() - begun);
  }
  return spreadOf(times);
}

export function spreadOf(times) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]);
  return { calls: times.length, median: at(0.5), p99: at(0.99), slowest: at(1) };
}
