// npm start: every part and every service of one local system, under one process.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { watchNpm } from './ancestors.js';
import type { ChildProgram } from './child-service.js';
import { lockData } from './data-lock.js';
import { demoLogins, loadDemoOnce } from './demo.js';
import { startParts } from './embedded-parts.js';
import { Ending } from './ending.js';
import { requireFreeDoors } from './doors.js';
import { freePorts } from './ports.js';
import { issuerUrl, programEnvironment, type System } from './program-environment.js';
import { publishRun, type RunRecord } from './run-file.js';
import { keptSecrets } from './secrets.js';
import { isDoor, systemPrograms, type SystemProgram } from './services.js';
import { readStackSettings, type StackSettings } from './stack-settings.js';
import { Supervisor } from './supervisor.js';

const READY_DEADLINE_MS = 180_000;

export interface StartOptions {
  /** The checkout. */
  readonly root: string;
  /** The programs to run; the whole system unless told otherwise. */
  readonly programs?: readonly SystemProgram[];
}

/** Starts a system and returns when it is ready; signals end it. Throws one sentence when it cannot start. */
export async function start({ root, programs }: StartOptions): Promise<void> {
  // a terminal that is closed must not break the orderly end
  process.stdout.on('error', () => undefined);
  const settings = readStackSettings(process.env, root);
  const logDir = makeFolders(settings.dataDir);
  const lock = lockData(join(settings.dataDir, 'lock'));
  const ending = new Ending(terminal);
  ending.add(async () => lock.release());
  watchNpm(() => void ending.run('npm is gone'));
  const chosen = programs ?? systemPrograms({ withIssuer: settings.oidcIssuer === undefined });
  try {
    await requireFreeDoors(chosen, settings);
    await bringUp({ root, programs: chosen, settings, logDir, ending });
  } catch (error) {
    await ending.endSteps();
    throw error;
  }
}

interface BringUp {
  readonly root: string;
  readonly programs: readonly SystemProgram[];
  readonly settings: StackSettings;
  readonly logDir: string;
  readonly ending: Ending;
}

async function bringUp({ root, programs, settings, logDir, ending }: BringUp): Promise<void> {
  const { dataDir } = settings;
  const secrets = keptSecrets(join(dataDir, 'secrets.json'));
  terminal('starting Postgres and RabbitMQ …');
  const parts = await startParts({ settings, logDir, terminal });
  ending.add(async () => parts.stop());
  const system = { settings, secrets, urls: parts.urls, environment: process.env };

  terminal('starting the services …');
  const supervisor = new Supervisor({ dataDir, logDir, terminal, readyDeadlineMs: READY_DEADLINE_MS });
  const drain = async () => supervisor.drain(isDoor);
  ending.add(drain, () => supervisor.kill());
  await supervisor.start(await childPrograms(root, programs, system));
  const run = runRecord(system);
  const withdraw = publishRun(join(dataDir, 'run.json'), run);
  ending.add(async () => withdraw());

  if (settings.loadsDemo) await loadDemoOnce({ root, dataDir, run, terminal });
  welcome(system);
}

function terminal(line: string): void {
  console.log(line);
}

/** Parts run as another user when root starts them: the data folder lets them through, its own folders do not. */
function makeFolders(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const logs = join(dataDir, 'logs');
  for (const folder of [logs, join(dataDir, 'objects'), join(dataDir, 'issuer')]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return logs;
}

async function childPrograms(
  root: string,
  programs: readonly SystemProgram[],
  system: System,
): Promise<readonly ChildProgram[]> {
  const ports = await freePorts(programs.length);
  return programs.map((program, index) => {
    const healthPort = ports[index] ?? 0;
    const env = programEnvironment(program, healthPort, system);
    return { name: program.name, main: join(root, program.main), env, healthPort };
  });
}

function runRecord({ settings, urls }: System): RunRecord {
  return {
    pid: process.pid,
    gatewayUrl: `http://localhost:${settings.gatewayPort}`,
    subscriptionsUrl: `http://localhost:${settings.subscriptionsPort}`,
    issuerUrl: issuerUrl(settings),
    ...urls,
  };
}

function welcome({ settings, secrets }: System): void {
  terminal(`ready ${settings.publicUrl}`);
  if (!settings.loadsDemo || settings.oidcIssuer !== undefined) return;
  const width = Math.max(...demoLogins.map(({ login }) => login.length));
  demoLogins.forEach(({ login, who }) => terminal(`  ${login.padEnd(width)}  ${who}`));
  terminal(`  password of all: ${secrets.demoPassword}`);
}
