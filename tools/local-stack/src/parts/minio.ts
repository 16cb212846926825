// A real S3 server: MinIO. Upstream ships source only, so it is built once and kept.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { MIB } from '@account-backups/contracts';
import { cacheFolder } from './cache-folder.js';
import type { RunningPart } from './running-part.js';
import { partMissing } from '../system/stack-error.js';
import { waitFor } from '../system/wait-for.js';

const run = promisify(execFile);
const MODULE = 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c';
const READY_MS = 30_000;

/**
 * The server's program: `MINIO_BINARY`, the kept one, one on the PATH, else it is built with Go (some minutes, once).
 */
async function ensureMinioBinary(): Promise<string> {
  const named = process.env.MINIO_BINARY;
  if (named) return named;
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'minio'));
  const kept = join(cacheFolder(), 'bin', 'minio');
  const found = [kept, ...onPath].find((file) => existsSync(file));
  return found ?? build(kept);
}

async function build(kept: string): Promise<string> {
  const folder = join(cacheFolder(), 'bin');
  await mkdir(folder, { recursive: true });
  // Built beside its place and then moved there: two builds at once do no harm, and no half-built program is found.
  const made = await mkdtemp(join(folder, 'building-'));
  try {
    console.log('building MinIO from its source, once; this takes some minutes …');
    await run(goProgram(), ['install', MODULE], { env: { ...process.env, GOBIN: made }, maxBuffer: 64 * MIB });
    await rename(join(made, 'minio'), kept);
    return kept;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw partMissing(`MinIO could not be built (${reason}): install Go 1.24 or later, or set MINIO_BINARY.`);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

// Go's own installer puts it there, and leaves the PATH to each user.
function goProgram(): string {
  const installed = '/usr/local/go/bin/go';
  const onPath = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'go')));
  return onPath || !existsSync(installed) ? 'go' : installed;
}

interface MinioPlace {
  readonly dataDir: string;
  readonly port: number;
  /** Password of its one user; pass the same one again to keep the server's URL. */
  readonly secret?: string;
}

function newSecret(): string {
  return randomBytes(18).toString('base64url');
}

/** Starts a server on 127.0.0.1 whose bucket `account-backups` is made when the store is set up. */
export async function startMinio({ dataDir, port, secret = newSecret() }: MinioPlace): Promise<RunningPart> {
  const binary = await ensureMinioBinary();
  await mkdir(dataDir, { recursive: true });
  const key = 'account-backups';
  const env = { ...process.env, MINIO_ROOT_USER: key, MINIO_ROOT_PASSWORD: secret, MINIO_BROWSER: 'off' };
  // dies with this process, even when that is killed
  const server = ['--pdeathsig', 'KILL', binary, 'server', '--quiet', '--address', `127.0.0.1:${port}`, dataDir];
  const child = spawn('setpriv', server, { env, stdio: 'ignore' });
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  const ready = await waitFor(() => answers(port), { deadlineMs: READY_MS });
  if (!ready) {
    await stop();
    throw partMissing(`MinIO did not become ready on port ${port} within ${READY_MS / 1_000} s.`);
  }
  return { url: `s3://${key}:${secret}@127.0.0.1:${port}/account-backups?tls=0`, pid: child.pid ?? 0, exited, stop };
}

async function answers(port: number): Promise<boolean> {
  const reply = await fetch(`http://127.0.0.1:${port}/minio/health/live`).catch(() => undefined);
  return reply?.ok ?? false;
}
