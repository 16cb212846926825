// Makes a fresh clone runnable: packages, then compiled code. Plain Node: nothing is installed yet when this runs.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, closeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildPage } from './page-build.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const LOCK_POLL_MS = 200;
const MIN_NODE = [20, 19];

/** Installs when node_modules does not match the lockfile. Two runs in one checkout wait for each other. */
export async function installPackages() {
  requireNode();
  if (packagesMatchLockfile()) return;
  await alone(async () => {
    if (packagesMatchLockfile()) return;
    console.log('installing packages …');
    await runQuietly(...npm('ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'));
  });
}

/** Compiles the given projects, or everything; only what changed. */
export async function build(...projects) {
  await alone(() => runQuietly(join(root, 'node_modules/.bin/tsc'), ['-b', ...projects]));
}

/** Compiles everything that `npm start` runs, the page included. */
export async function buildAll() {
  await build();
  await alone(() => buildPage(root, (args, env) => runQuietly(...npm(...args), env)));
}

/** Runs a command in the checkout with this terminal and passes signals on; returns its exit code. */
export async function runLoudly(command, args, env = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name));
  return exitCodeOf(child);
}

/** Says in one sentence why nothing can go on, and ends with exit code 1. */
export function giveUp(error) {
  console.error(error instanceof Error ? error.message : String(error));
  if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) console.error(error.stack, error.cause ?? '');
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  throw new Error(`Node ${MIN_NODE.join('.')} or later is needed; this is ${process.versions.node}.`);
}

/** npm's own record of what it installed, against what the lockfile asks for. */
function packagesMatchLockfile() {
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  const inModules = Object.entries(wanted).filter(([path]) => path.includes('node_modules/'));
  return inModules.every(([path, entry]) => {
    const found = installed[path];
    if (!found) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function packagesOf(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

function npm(...args) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, [script, ...args]] : ['npm', args];
}

/** Runs a command and shows its output only when it fails. */
async function runQuietly(command, args, env = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await exitCodeOf(child);
  if (code === 0) return;
  process.stderr.write(Buffer.concat(output));
  throw new Error(`${[command, ...args].join(' ')} failed with exit code ${code}.`);
}

async function exitCodeOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function alone(work) {
  const lock = join(root, '.data/bootstrap.lock');
  mkdirSync(dirname(lock), { recursive: true });
  while (!takeLock(lock)) await sleep(LOCK_POLL_MS);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock) {
  try {
    const file = openSync(lock, 'wx');
    writeFileSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (holderIsGone(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function holderIsGone(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    return holder > 0 && !existsSync(`/proc/${holder}`);
  } catch {
    return false;
  }
}
