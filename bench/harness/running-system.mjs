// A whole system as `npm start` brings it up, with a data folder and ports of a bench's own.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { argumentsOf, findByArgument } from '../../tools/local-stack/dist/system/process-table.js';

const root = resolve(import.meta.dirname, '../..');
const ports = { GATEWAY_PORT: '18480', SUBSCRIPTIONS_PORT: '18481', ISSUER_PORT: '18482' };

/** Starts a system with these settings, has `act` work with it, and ends it. */
export async function inSystem(settings, act) {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-system-'));
  const env = { ...process.env, ...ports, DATA_DIR: dataDir, ...settings };
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('ready ')) break;
    child.stdout.resume();
    return await act(systemOf(dataDir, env));
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function systemOf(dataDir, env) {
  const gateway = `http://localhost:${ports.GATEWAY_PORT}`;
  return {
    gateway,
    subscriptions: `http://localhost:${ports.SUBSCRIPTIONS_PORT}`,
    demoPassword: () => read('secrets.json').demoPassword,
    /** The addresses of its parts. */
    parts: () => read('run.json'),
    command,
    token: async (...args) => (await command('token', ...args)).trim(),
    call: (bearer, method, path, body) => call(new URL(path, gateway), bearer, method, body),
    /** The one process of a service. */
    pidOf(service) {
      const main = `services/${service}/dist/main.js`;
      return findByArgument('node', `--data-of=${dataDir}`).find((pid) =>
        argumentsOf(pid).some((word) => word.endsWith(main)),
      );
    },
  };

  function read(file) {
    return JSON.parse(readFileSync(join(dataDir, file), 'utf8'));
  }

  async function command(...args) {
    const bin = join(root, 'tools/account-backups/bin/account-backups.mjs');
    return (await promisify(execFile)(process.execPath, [bin, ...args], { env })).stdout;
  }
}

/** Bytes and strings are sent as they are, anything else as JSON. Throws unless it is answered with success. */
async function call(url, bearer, method, body) {
  const answer = await fetch(url, { method, headers: { authorization: `Bearer ${bearer}` }, ...sent(bearer, body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url.pathname}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

function sent(bearer, body) {
  const as = (type, bytes) => ({ headers: { authorization: `Bearer ${bearer}`, 'content-type': type }, body: bytes });
  if (body === undefined) return {};
  if (typeof body === 'string') return as('application/x-ndjson', body);
  if (body instanceof Uint8Array) return as('application/octet-stream', body);
  return as('application/json', JSON.stringify(body));
}
