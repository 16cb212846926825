// More zip-builders beside the one that a system started itself: the same program with the same settings.
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { freePort } from './free-port.js';

const main = resolve(import.meta.dirname, '../../services/zip-builder/dist/main.js');

export interface ZipBuilders {
  /** `kill -9` of one of all builders, the system's own included; another one is started in its place. */
  killOne(choice: number): Promise<void>;
  stop(): void;
}

/** Starts `count` builders for the system with this data folder. */
export async function startZipBuilders(dataDir: string, count: number): Promise<ZipBuilders> {
  const env = environmentOf(builderOf(dataDir));
  const own: ChildProcess[] = [];
  const start = async () => {
    const healthPort = String(await freePort());
    own.push(spawn(process.execPath, [main], { env: { ...env, HEALTH_PORT: healthPort }, stdio: 'ignore' }));
  };
  for (let started = 0; started < count; started += 1) await start();
  return {
    killOne: async (choice) => {
      const [victim] = own.splice(choice % (count + 1), 1);
      // The system's supervisor starts its own one again by itself.
      if (!victim) return killIfThere(dataDir);
      victim.kill('SIGKILL');
      await start();
    },
    stop: () => {
      for (const child of own) child.kill('SIGKILL');
    },
  };
}

function killIfThere(dataDir: string): void {
  const pid = findBuilder(dataDir);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

function builderOf(dataDir: string): number {
  const pid = findBuilder(dataDir);
  if (pid === undefined) throw new Error(`no zip-builder runs for ${dataDir}`);
  return pid;
}

function findBuilder(dataDir: string): number | undefined {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).find((pid) => {
    const [program, ...args] = words(`/proc/${pid}/cmdline`);
    return program?.endsWith('node') && args.includes(main) && args.includes(`--data-of=${dataDir}`);
  });
}

function environmentOf(pid: number): Record<string, string> {
  const pairs = words(`/proc/${pid}/environ`).map((pair) => [
    pair.slice(0, pair.indexOf('=')),
    pair.slice(pair.indexOf('=') + 1),
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** What the kernel separates by NUL; nothing when the process is gone. */
function words(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\0').filter(Boolean);
  } catch {
    return [];
  }
}
