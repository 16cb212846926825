// What lies between a process and a part is cut, hangs, gets slow or breaks half-way.
import { setTimeout as lasts } from 'node:timers/promises';
import type { Wire } from '../../support/wire.js';
import { oneOf, type Random } from '../../support/seeded.js';
import { span, victims, type Chosen, type Fault, type FaultTargets } from './fault.js';
import type { PartName } from './replica.js';

type Harm = (wires: readonly Wire[], random: Random) => string;

const parts: readonly PartName[] = ['database', 'broker', 'store'];

const harms: Readonly<Record<string, Harm>> = {
  cut: (wires) => {
    wires.forEach((wire) => wire.cut());
    return 'cut';
  },
  hangs: (wires) => {
    wires.forEach((wire) => wire.hang());
    return 'hung';
  },
  slow: (wires, random) => {
    const latencyMs = span(50, 800, random);
    wires.forEach((wire) => wire.slow(latencyMs));
    return `slower by ${latencyMs} ms`;
  },
  breaks: (wires, random) => {
    const bytes = span(1, 400_000, random);
    wires.forEach((wire) => wire.breakAfter(bytes));
    return `broken after ${bytes} bytes`;
  },
};

/** The wires of one process to one part. */
function ofOne(targets: FaultTargets, random: Random): { resources: readonly string[]; wires: readonly Wire[] } {
  const replica = oneOf(victims(targets), random);
  const [part, wire] = oneOf(Object.entries(replica.program.wires), random);
  return { resources: [`${replica.name} to ${part}`], wires: [wire] };
}

/** Those of all processes to one part. */
function ofAll(targets: FaultTargets, random: Random): { resources: readonly string[]; wires: readonly Wire[] } {
  const there = parts.filter((part) => victims(targets).some(({ program }) => program.wires[part]));
  const part = oneOf(there, random);
  const holders = victims(targets).filter(({ program }) => program.wires[part]);
  return {
    resources: [part, ...holders.map(({ name }) => `${name} to ${part}`)],
    wires: holders.flatMap(({ program }) => program.wires[part] ?? []),
  };
}

function wireFault(name: keyof typeof harms, from: typeof ofOne, weight: number): Fault {
  return {
    name: from === ofOne ? `a wire ${name}` : `all wires to a part: ${name}`,
    weight,
    needs: (targets, random): Chosen => {
      const { resources, wires } = from(targets, random);
      const forMs = span(300, 6_000, random);
      return {
        resources,
        about: `${resources[0]} for ${forMs} ms`,
        run: async () => {
          harms[name]?.(wires, random);
          await lasts(forMs);
          wires.forEach((wire) => wire.mend());
        },
      };
    },
  };
}

export const wireFaults: readonly Fault[] = Object.keys(harms).flatMap((name) => [
  wireFault(name, ofOne, 4),
  wireFault(name, ofAll, 1),
]);
