// The local issuer as a process of its own, as `npm start` runs it.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';

export interface RunningProgram {
  readonly child: ChildProcess;
  /** Of its private port. */
  readonly healthUrl: string;
  /** All that it printed so far. */
  output(): string;
  stop(): Promise<number | null>;
}

export interface RunningIssuer extends RunningProgram {
  readonly url: string;
  readonly dataDir: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly password: string;
}

export interface IssuerSurroundings {
  readonly rabbitmqUrl: string;
  /** Of the gateway. */
  readonly publicUrl: string;
}

const root = process.cwd();
const client = { clientId: 'gateway', clientSecret: 'a-secret-between-two', password: 'pass for the demo' };

/** Starts it and waits until it answers. */
export async function startIssuer({ rabbitmqUrl, publicUrl }: IssuerSurroundings): Promise<RunningIssuer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'account-backups-issuer-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = {
    PORT: String(port),
    OIDC_ISSUER: url,
    OIDC_CLIENT_ID: client.clientId,
    OIDC_CLIENT_SECRET: client.clientSecret,
    PUBLIC_URL: publicUrl,
    DATA_DIR: dataDir,
    DEMO_PASSWORD: client.password,
    RABBITMQ_URL: rabbitmqUrl,
  };
  // Some tests have no broker: then it answers but never becomes ready.
  const program = await startProgram('tools/local-issuer/dist/main.js', env, 'live');
  const stop = async () => {
    const code = await program.stop();
    await rm(dataDir, { recursive: true, force: true });
    return code;
  };
  return { ...program, ...client, url, dataDir, stop };
}

/** Starts a program with no environment but the given one, and waits until it is live or ready. */
export async function startProgram(
  main: string,
  env: Readonly<Record<string, string>>,
  far: 'live' | 'ready' = 'ready',
): Promise<RunningProgram> {
  const healthPort = await freePort();
  const child = fork(join(root, main), [], {
    silent: true,
    execArgv: [],
    env: { PATH: process.env['PATH'], HEALTH_PORT: String(healthPort), ...env },
  });
  const healthUrl = `http://127.0.0.1:${healthPort}`;
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  const readyOrEnded = async () => {
    if (child.exitCode !== null) return;
    const { ok } = await fetch(`${healthUrl}/health/${far}`);
    if (!ok) throw new Error(`${main} is not ${far}: ${text}`);
  };
  await eventually(readyOrEnded, { deadlineMs: 90_000 }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  if (child.exitCode !== null) {
    if (child.stderr && child.stdout) await Promise.all([finished(child.stdout), finished(child.stderr)]);
    throw new Error(`${main} ended with ${child.exitCode}: ${text}`);
  }
  return { child, healthUrl, output: () => text, stop };
}
