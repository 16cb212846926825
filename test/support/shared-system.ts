// One system for all files of a jest worker that need nothing of their own but an account, since most of them take less
// time than its start. `npm test` ends it after the last file.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '@account-backups/local-stack/system/process-table.js';
import { eventually } from './eventually.js';
import { environmentOf, freshPlace, root, systemAt, type SystemPlace, type TestSystem } from './running-system.js';
import { setting } from './real-parts.js';

interface SharedSystem {
  readonly pid: number;
  readonly place: SystemPlace;
}

const PROGRAM = join(root, 'test/support/programs/system.mjs');
const READY_MS = 240_000;

/** The system of this worker on a file system, started by the first file that asks. */
export async function sharedSystem(): Promise<TestSystem> {
  const record = join(setting('TEST_SYSTEMS'), `${setting('JEST_WORKER_ID')}.json`);
  const found = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as SharedSystem) : undefined;
  if (found && isAlive(found.pid)) return systemAt(found.place);
  const { place } = await freshPlace('filesystem');
  const shared = { pid: await start(place), place };
  writeFileSync(record, JSON.stringify(shared));
  return systemAt(place);
}

/** It outlives this file, and says in a log of its own when it is ready. */
async function start(place: SystemPlace): Promise<number> {
  const log = join(place.DATA_DIR, 'start.log');
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, [PROGRAM, root], {
    env: environmentOf(place),
    stdio: ['ignore', output, output],
  });
  await once(child, 'spawn');
  child.unref();
  await eventually(
    () => {
      const said = readFileSync(log, 'utf8');
      if (!/^ready /m.test(said)) throw new Error(`the shared system is not ready:\n${said}`);
    },
    { deadlineMs: READY_MS, everyMs: 100 },
  ).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return child.pid ?? 0;
}
