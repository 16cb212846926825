// Demo data: loaded once for a data folder, by a program of its own that uses the public APIs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from './system/run-file.js';

interface DemoLogin {
  readonly login: string;
  readonly who: string;
}

export const demoLogins: readonly DemoLogin[] = [
  { login: 'ada@northfield', who: 'Site Admin' },
  { login: 'felix@northfield', who: 'Facility Admin' },
  { login: 'mona@northfield', who: 'may back up some OUs' },
  { login: 'otto@northfield', who: 'has no permission' },
  { login: 'iris@harbour', who: 'Site Admin, subscription expired' },
];

interface DemoOptions {
  readonly root: string;
  readonly dataDir: string;
  readonly run: RunRecord;
  readonly terminal: (line: string) => void;
}

/** Loads the demo data unless an earlier start did. A failed load is reported and tried again at the next start. */
export async function loadDemoOnce({ root, dataDir, run, terminal }: DemoOptions): Promise<void> {
  const loader = join(root, 'tools/demo-data/dist/load.js');
  // The loader leaves this mark when everything is loaded.
  if (!existsSync(loader) || existsSync(join(dataDir, 'demo-loaded.json'))) return;
  terminal('loading demo data …');
  const urls = { GATEWAY_URL: run.gatewayUrl, SUBSCRIPTIONS_URL: run.subscriptionsUrl, DATA_DIR: dataDir };
  const code = await exitCode(loader, { ...process.env, ...urls });
  if (code !== 0) terminal(`The demo data is not complete (exit code ${code}); the next start tries again.`);
}

async function exitCode(loader: string, env: NodeJS.ProcessEnv): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('setpriv', ['--pdeathsig', 'TERM', process.execPath, loader], { stdio: 'inherit', env });
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
