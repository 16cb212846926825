import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { keptSecret } from '../system/kept-secret.js';
import { launch, type Launched } from './launch.js';
import { giveToPart, makePartFolder, partIdentity } from './part-identity.js';
import { postgresBinaries } from './postgres-binaries.js';
import { endProcess, findByArgument, isAlive } from '../system/process-table.js';
import type { RunningPart } from './running-part.js';
import { partMissing } from '../system/stack-error.js';
import { waitFor } from '../system/wait-for.js';

const run = promisify(execFile);

/** The superuser of the embedded server, and the database it owns. */
const NAME = 'account_backups';

const READY_DEADLINE_MS = 60_000;
const FREE_DEADLINE_MS = 30_000;
const HELD_REST_MS = 500;
const LAST_WORDS = 1_000;
// SIGINT is Postgres's fast shutdown: it breaks sessions off and writes a checkpoint.
const FAST_SHUTDOWN = { signal: 'SIGINT', graceMs: 30_000 } as const;

interface PostgresOptions {
  /** Absolute; made when missing. The password lies beside it. */
  readonly dataDir: string;
  readonly port: number;
  readonly logFile: string;
  /** Server settings beyond the defaults (`max_connections`). */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts a real Postgres on 127.0.0.1 and waits until it takes connections; a server that an earlier run left on the
 * same folder is ended first. It shuts down by itself when this process dies. Throws `UNAVAILABLE`.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPart> {
  const binaries = await postgresBinaries();
  const password = keptPassword(options.dataDir);
  await endOrphans(options.dataDir);
  if (!existsSync(join(options.dataDir, 'PG_VERSION'))) await initialise(binaries, options);
  const server = await launchOnceFree(binaries, options);
  return {
    url: `postgres://${NAME}:${password}@127.0.0.1:${options.port}/${NAME}`,
    pid: server.pid,
    exited: server.exited,
    stop: () => endProcess(server.pid, FAST_SHUTDOWN),
  };
}

// After a killed run the processes of its server may outlive it for some seconds, and keep its memory to themselves.
async function launchOnceFree(binaries: string, options: PostgresOptions): Promise<Launched> {
  const endsAt = performance.now() + FREE_DEADLINE_MS;
  for (;;) {
    const server = await launch({
      command: join(binaries, 'postgres'),
      args: serverArguments(options),
      env: { LC_ALL: 'C' },
      deathSignal: 'INT',
      logFile: options.logFile,
      paths: [binaries, options.dataDir],
    });
    try {
      await untilReady(server, options);
      return server;
    } catch (error) {
      if (!isHeld(options.logFile) || performance.now() > endsAt) throw error;
      await sleep(HELD_REST_MS);
    }
  }
}

function isHeld(logFile: string): boolean {
  const lastWords = readFileSync(logFile, 'utf8').slice(-LAST_WORDS);
  return /pre-existing shared memory block|lock file "postmaster\.pid" already exists/.test(lastWords);
}

function serverArguments(options: PostgresOptions): readonly string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    // no socket file: its path may be 107 bytes at most, and a checkout can lie deeper
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: '120',
    ...options.settings,
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', options.dataDir, '-p', String(options.port), ...pairs];
}

async function initialise(binaries: string, { dataDir }: PostgresOptions): Promise<void> {
  // Made under another name: a crash half way must not look like a finished folder.
  const draft = `${dataDir}.new`;
  rmSync(draft, { recursive: true, force: true });
  makePartFolder(draft);
  const command = async (name: string, args: readonly string[], input = '') => {
    const identity = partIdentity([binaries, draft]).arguments;
    const running = run('setpriv', [...identity, join(binaries, name), ...args], { cwd: '/', env: { LC_ALL: 'C' } });
    running.child.stdin?.end(input);
    await running;
  };
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const login = [`--username=${NAME}`, '--auth=scram-sha-256', `--pwfile=${passwordFile(dataDir)}`];
  await command('initdb', ['-D', draft, ...login, ...locale, '--no-instructions']);
  await command('postgres', ['--single', '-D', draft, 'postgres'], `CREATE DATABASE ${NAME}\n`);
  renameSync(draft, dataDir);
}

function passwordFile(dataDir: string): string {
  return join(dirname(dataDir), `${basename(dataDir)}.password`);
}

function keptPassword(dataDir: string): string {
  mkdirSync(dirname(dataDir), { recursive: true });
  const password = keptSecret(passwordFile(dataDir));
  giveToPart(passwordFile(dataDir));
  return password;
}

/** The postmaster.pid of the data folder: the first line is the pid, the eighth the state. */
function postmasterLines(dataDir: string): readonly string[] {
  const file = join(dataDir, 'postmaster.pid');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

async function endOrphans(dataDir: string): Promise<void> {
  const orphans = findByArgument('postgres', dataDir);
  await Promise.all(orphans.map((pid) => endProcess(pid, FAST_SHUTDOWN)));
  // Left by a killed server whose pid now belongs to another program: Postgres would take that one for itself.
  const holder = Number(postmasterLines(dataDir)[0]);
  if (holder > 0 && isAlive(holder)) rmSync(join(dataDir, 'postmaster.pid'));
}

async function untilReady(server: Launched, { dataDir, logFile }: PostgresOptions): Promise<void> {
  const ready = () => {
    const lines = postmasterLines(dataDir);
    return lines[0] === String(server.pid) && lines[7]?.trim() === 'ready';
  };
  await waitFor(() => server.hasExited() || ready(), { deadlineMs: READY_DEADLINE_MS, everyMs: 20 });
  if (ready() && !server.hasExited()) return;
  await endProcess(server.pid, FAST_SHUTDOWN);
  throw partMissing(`Postgres did not start in ${dataDir}; its last words are in ${logFile}.`);
}
