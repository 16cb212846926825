import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { partMissing } from './stack-error.js';

/** Below the ports that Linux gives to outgoing connections, and above the well-known ones. */
const FIRST_PORT = 15_000;
const PORT_COUNT = 15_000;
/** So long a port is its finder's, whether it listens on it already or not. */
const CLAIM_MS = 120_000;
const TRIES = 1_000;

/** A TCP port of this machine that nobody listens on now, and that no other process is given for two minutes. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = FIRST_PORT + randomInt(PORT_COUNT);
    if (claim(port) && (await isPortFree(port))) return port;
  }
  throw partMissing(`No free port between ${FIRST_PORT} and ${FIRST_PORT + PORT_COUNT}.`);
}

/** As many free ports as asked for, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  return Promise.all(Array.from({ length: count }, () => freePort()));
}

// A file for each port, in a folder that all users share: whoever creates it has the port.
function claim(port: number): boolean {
  const folder = join(tmpdir(), 'account-backups-ports');
  const file = join(folder, String(port));
  try {
    if (!existsSync(folder)) openFolder(folder);
    if (Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > CLAIM_MS) rmSync(file);
    writeFileSync(file, '', { flag: 'wx' });
    return true;
  } catch {
    // taken, or left behind by another user: there are others
    return false;
  }
}

function openFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  // for every user, whatever the umask
  chmodSync(folder, 0o777);
}

/** Whether a server could listen on the port, on every address of this machine. */
export async function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

/** The first bytes that a server on the port says after `greeting`; undefined when nobody answers in time. */
export async function firstAnswer(port: number, greeting: string): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(greeting, 'latin1'));
    const settle = (answer?: Buffer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => settle());
    socket.once('data', settle);
    socket.once('error', () => settle());
    socket.once('close', () => settle());
  });
}
