// A server program that `npm test` unpacked, with a configuration of the test's own, on a port of its own.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '@account-backups/local-stack/parts/launch.js';
import { giveToPart } from '@account-backups/local-stack/parts/part-identity.js';
import { endProcess } from '@account-backups/local-stack/system/process-table.js';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

interface ServerProgram {
  readonly name: string;
  /** For a server that listens on `port` and may write below `folder`. */
  configuration(port: number, folder: string): string;
  /** What it is called with, so that it stays in the foreground and reads this file. */
  arguments(file: string): readonly string[];
}

export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts it and waits until it takes connections. */
export async function startServerProgram(program: ServerProgram): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), `account-backups-${program.name}-`));
  giveToPart(folder);
  const command = execFileSync('/bin/sh', ['-c', `command -v ${program.name}`], { encoding: 'utf8' }).trim();
  const port = await freePort();
  const file = join(folder, `${program.name}.conf`);
  writeFileSync(file, program.configuration(port, folder));
  const { pid } = await launch({
    command,
    args: program.arguments(file),
    env: { PATH: process.env['PATH'] ?? '', LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'] ?? '' },
    deathSignal: 'KILL',
    logFile: join(folder, `${program.name}.log`),
    paths: [command, file],
  });
  const stop = async () => {
    await endProcess(pid, { signal: 'SIGTERM', graceMs: 5_000 });
    rmSync(folder, { recursive: true, force: true });
  };
  await eventually(() => takesConnections(port)).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { port, stop };
}

async function takesConnections(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}
