// Faults drawn from a seed, one after the other in rows that overlap, until they are told to stop.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../support/seeded.js';
import { ProductFault, span, type Chosen, type Fault, type FaultTargets } from './fault.js';
import { messageFaults } from './message-faults.js';
import { partFaults } from './part-faults.js';
import { processFaults } from './process-faults.js';
import { wireFaults } from './wire-faults.js';

export interface FaultsOptions {
  readonly targets: FaultTargets;
  /** One for each row. */
  readonly randoms: readonly Random[];
  /** Pauses between faults are drawn up to this. */
  readonly pauseMs: number;
  /** Told of each fault as it begins. */
  readonly note: (line: string) => void;
}

export interface MadeFaults {
  /** How often each happened. */
  readonly counts: ReadonlyMap<string, number>;
  /** What the product did while they lasted and must never do. */
  readonly findings: readonly string[];
  readonly periods: readonly FaultPeriod[];
}

/** When something was harmed, in milliseconds of `Date.now`. */
export interface FaultPeriod {
  readonly resources: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** Makes faults until the signal; all that was harmed is mended when it resolves. */
export async function makeFaults(options: FaultsOptions, signal: AbortSignal): Promise<MadeFaults> {
  const possible = [...processFaults, ...wireFaults, ...partFaults, ...messageFaults].filter(
    ({ isPossible }) => isPossible?.(options.targets) ?? true,
  );
  const made = new Map<string, number>();
  const busy = new Set<string>();
  const findings: string[] = [];
  const periods: FaultPeriod[] = [];
  await Promise.all(
    options.randoms.map((random) => makeRow({ ...options, random, possible, made, busy, findings, periods }, signal)),
  );
  return { counts: made, findings, periods };
}

interface Row extends FaultsOptions {
  readonly random: Random;
  readonly possible: readonly Fault[];
  readonly made: Map<string, number>;
  readonly busy: Set<string>;
  readonly findings: string[];
  readonly periods: FaultPeriod[];
}

async function makeRow(row: Row, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const fault = drawn(row.possible, row.random);
    const chosen = fault.needs(row.targets, row.random);
    if (chosen.resources.every((name) => !row.busy.has(name))) await make(row, fault, chosen);
    await sleep(span(0, row.pauseMs, row.random), undefined, { signal }).catch(() => undefined);
  }
}

async function make({ busy, made, note, findings, periods }: Row, fault: Fault, chosen: Chosen): Promise<void> {
  chosen.resources.forEach((name) => busy.add(name));
  const fromMs = Date.now();
  note(`${fault.name}: ${chosen.about}`);
  try {
    await chosen.run();
    made.set(fault.name, (made.get(fault.name) ?? 0) + 1);
  } catch (error) {
    if (error instanceof ProductFault) findings.push(error.message);
    // A fault may meet another one: the broker is away, the queue is gone. What it began it has to mend all the same.
    note(`${fault.name} did not come about: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    chosen.resources.forEach((name) => busy.delete(name));
    periods.push({ resources: chosen.resources, fromMs, toMs: Date.now() });
  }
}

function drawn(faults: readonly Fault[], random: Random): Fault {
  let left = random(faults.reduce((sum, { weight }) => sum + weight, 0));
  for (const fault of faults) {
    left -= fault.weight;
    if (left < 0) return fault;
  }
  throw new Error('no fault to draw');
}
