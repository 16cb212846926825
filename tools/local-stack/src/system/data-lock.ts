import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, startTicksOf } from './process-table.js';
import { settingRefused } from './stack-error.js';

interface DataLock {
  release(): void;
}

interface Holder {
  readonly pid: number;
  /** With the pid it names one process for ever: pids are reused. */
  readonly startTicks: string;
}

/**
 * Takes a data folder for this process. A lock whose process is gone is taken over.
 * Throws `CONFIGURATION_INVALID` with the pid when another start holds it.
 */
export function lockData(file: string): DataLock {
  const own = JSON.stringify({ pid: process.pid, startTicks: startTicksOf(process.pid) });
  if (!create(file, own)) {
    putAsideStale(file);
    if (!create(file, own)) throw heldBy(file);
  }
  return { release: () => rmSync(file, { force: true }) };
}

function create(file: string, text: string): boolean {
  // Linked once it is complete, so that nobody reads a half-written lock.
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

function putAsideStale(file: string): void {
  const stale = readFileSync(file, 'utf8');
  if (isHeld(stale)) throw heldBy(file);
  const aside = `${file}.${process.pid}`;
  renameSync(file, aside);
  // Between reading and renaming, another start may have taken the stale lock over: then this is its lock.
  const isOurs = readFileSync(aside, 'utf8') === stale;
  if (!isOurs) linkSync(aside, file);
  rmSync(aside);
}

function isHeld(text: string): boolean {
  const holder = holderOf(text);
  return holder !== undefined && isAlive(holder.pid) && startTicksOf(holder.pid) === holder.startTicks;
}

function holderOf(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // damaged: no process of ours wrote it
    return undefined;
  }
}

function heldBy(file: string): Error {
  const pid = holderOf(readFileSync(file, 'utf8'))?.pid ?? 'unknown';
  const remedy = 'stop it, or set DATA_DIR, GATEWAY_PORT, SUBSCRIPTIONS_PORT and ISSUER_PORT for a second system';
  return settingRefused(`Another npm start (process ${pid}) uses the data beside ${file}: ${remedy}.`);
}
