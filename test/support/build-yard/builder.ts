// A zip-builder as a process of its own, and what it logs.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.js';

export interface YardBuilder {
  readonly child: ChildProcess;
  readonly pid: number;
  /** What it logged so far. */
  readonly events: readonly LogEvent[];
  /** What Node warned of so far, a line each. */
  readonly warnings: readonly string[];
  kill(signal?: NodeJS.Signals): Promise<void>;
}

type LogEvent = { readonly event?: string } & Readonly<Record<string, unknown>>;

const main = join(process.cwd(), 'services/zip-builder/dist/main.js');

/** Starts one and waits until it takes work. Node gets the `NODE_FLAGS` of its environment. */
export async function startBuilder(env: NodeJS.ProcessEnv): Promise<YardBuilder> {
  const flags = env['NODE_FLAGS']?.split(' ') ?? [];
  const child = spawn(process.execPath, [...flags, main], {
    env: { ...env, HEALTH_PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: LogEvent[] = [];
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    events.push(...lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LogEvent));
  });
  const warnings: string[] = [];
  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    complaints.push(line);
    if (line.includes('Warning: ')) warnings.push(line);
  });
  await started(child, { events, complaints });
  return { child, pid: child.pid ?? 0, events, warnings, kill: (signal = 'SIGKILL') => end(child, signal) };
}

interface Said {
  readonly events: readonly LogEvent[];
  /** On stderr: also what Node itself says when it ends. */
  readonly complaints: readonly string[];
}

async function started(child: ChildProcess, said: Said): Promise<void> {
  while (!said.events.some(({ event }) => event === 'service.started')) {
    const ending = child.exitCode ?? child.signalCode;
    if (ending !== null) throw new Error(`a builder ended with ${ending}: ${JSON.stringify(said)}`);
    await sleep(50);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
