// Processes that die, stand still, end in order, or have a wrong clock.
import { execFile } from 'node:child_process';
import { setTimeout as lasts } from 'node:timers/promises';
import { promisify } from 'node:util';
import { oneOf } from '../../support/seeded.js';
import { isOnFiles, span, victims, type Fault, type FaultTargets } from './fault.js';

const run = promisify(execFile);

function signalled(name: string, signal: NodeJS.Signals, weight: number): Fault {
  return {
    name,
    weight,
    needs: (targets, random) => {
      const replica = oneOf(victims(targets), random);
      return { resources: [replica.name], about: replica.name, run: async () => replica.signal(signal) };
    },
  };
}

const serviceKilled: Fault = {
  name: 'service killed',
  weight: 3,
  needs: (targets, random) => {
    const { service } = oneOf(victims(targets), random).program;
    const replicas = victims(targets).filter(({ program }) => program.service === service);
    return {
      resources: replicas.map(({ name }) => name),
      about: service,
      run: async () => replicas.forEach((replica) => replica.signal('SIGKILL')),
    };
  },
};

const allKilled: Fault = {
  name: 'everything killed at once',
  weight: 1,
  needs: (targets) => ({
    resources: victims(targets).map(({ name }) => name),
    about: 'all services',
    run: async () => victims(targets).forEach((replica) => replica.signal('SIGKILL')),
  }),
};

const frozen: Fault = {
  name: 'process stands still',
  weight: 8,
  needs: (targets, random) => {
    const replica = oneOf(victims(targets), random);
    // Often longer than a lease, after which it wakes and goes on with what it held.
    const forMs = span(500, 2 * targets.leaseMs + 1_000, random);
    return {
      resources: [replica.name],
      about: `${replica.name} for ${forMs} ms`,
      run: async () => {
        replica.signal('SIGSTOP');
        await lasts(forMs);
        replica.signal('SIGCONT');
      },
    };
  },
};

const OFFSETS = [-15 * 86_400, -3_600, -30, 30, 3_600, 15 * 86_400] as const;

const clocked = (targets: FaultTargets) => victims(targets).filter(({ program }) => program.clockFile !== undefined);

const wrongClock: Fault = {
  name: 'clock jumps',
  weight: 3,
  isPossible: (targets) => clocked(targets).length > 0,
  needs: (targets, random) => {
    const replica = oneOf(clocked(targets), random);
    const seconds = oneOf(OFFSETS, random);
    const forMs = span(1_500, 6_000, random);
    return {
      resources: [replica.name],
      about: `${replica.name} by ${seconds} s for ${forMs} ms`,
      run: async () => {
        replica.setClock(seconds);
        await lasts(forMs);
        replica.setClock(0);
      },
    };
  },
};

const NO_LIMIT = 'unlimited';

const noRoom: Fault = {
  name: 'no room for what a process writes',
  weight: 3,
  isPossible: isOnFiles,
  needs: (targets, random) => {
    const writers = victims(targets).filter(({ program }) => /gateway|zip-builder/.test(program.service));
    const replica = oneOf(writers, random);
    const forMs = span(1_000, 5_000, random);
    return {
      resources: [replica.name],
      about: `${replica.name} for ${forMs} ms`,
      run: async () => {
        await limit(replica.pid, '65536');
        await lasts(forMs);
        await limit(replica.pid, NO_LIMIT);
      },
    };
  },
};

const slowDisk: Fault = {
  name: 'slow disk',
  weight: 3,
  isPossible: isOnFiles,
  needs: (targets, random) => {
    const writers = victims(targets).filter(({ program }) => program.diskFile !== undefined);
    const replica = oneOf(writers, random);
    const [ms, forMs] = [span(50, 1_500, random), span(1_000, 8_000, random)];
    return {
      resources: [replica.name],
      about: `${replica.name}: ${ms} ms a call for ${forMs} ms`,
      run: async () => {
        replica.slowDisk(ms);
        await lasts(forMs);
        replica.slowDisk(0);
      },
    };
  },
};

/** A process that is gone has no limit. */
async function limit(pid: number | undefined, bytes: string): Promise<void> {
  if (pid === undefined) return;
  await run('prlimit', ['--pid', String(pid), `--fsize=${bytes}:${NO_LIMIT}`]).catch(() => undefined);
}

export const processFaults: readonly Fault[] = [
  signalled('process killed', 'SIGKILL', 10),
  signalled('process told to end', 'SIGTERM', 4),
  serviceKilled,
  allKilled,
  frozen,
  wrongClock,
  noRoom,
  slowDisk,
];
