// npm start: every part and every service of one local system, under one process.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { watchNpm } from './system/ancestors.js';
import type { ChildProgram } from './supervise/child-service.js';
import { lockData } from './system/data-lock.js';
import { demoLogins, loadDemoOnce } from './demo.js';
import { startParts } from './embedded-parts.js';
import { Ending } from './system/ending.js';
import { requireFreeDoors } from './doors.js';
import { freePort, freePorts } from './system/ports.js';
import { issuerUrl, programEnvironment, type System } from './program-environment.js';
import { publishRun, runFileOf, type RunRecord } from './system/run-file.js';
import { keepRings, KEYS_FOLDER } from './kept-rings.js';
import { keptSecrets } from './secrets.js';
import { knownStore } from './known-store.js';
import { debuggerPort, isDoor, systemPrograms, type SystemProgram } from './services.js';
import { readStackSettings, type StackSettings } from './stack-settings.js';
import { Supervisor } from './supervise/supervisor.js';
import { visible } from './system/visible.js';

const READY_DEADLINE_MS = 180_000;

interface StartOptions {
  /** The checkout. */
  readonly root: string;
  /** The programs to run; the whole system unless told otherwise. */
  readonly programs?: readonly SystemProgram[];
  readonly development?: Development;
}

/** What `npm run dev` adds. The page is then served at the gateway's port, and the gateway listens on a free one. */
interface Development {
  /** Names of the programs that a debugger may attach to. */
  readonly inspected: readonly string[];
  /** Called once the services are ready; gives what must end before them. */
  readonly follow: (system: StartingSystem) => Promise<() => Promise<void>>;
}

export interface StartingSystem {
  readonly supervisor: Supervisor;
  /** Where the browser asks for the page. */
  readonly pagePort: number;
  readonly gatewayPort: number;
  readonly publicUrl: string;
  readonly terminal: (line: string) => void;
}

/** Starts a system and returns when it is ready; signals end it. Throws one sentence when it cannot start. */
export async function start({ root, programs, development }: StartOptions): Promise<void> {
  // A closed terminal must not break the orderly end.
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
    await bringUp({ root, programs: chosen, settings, logDir, ending, development });
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
  readonly development: Development | undefined;
}

async function bringUp({ root, programs, settings: asked, logDir, ending, development }: BringUp): Promise<void> {
  const settings = development ? { ...asked, gatewayPort: await freePort() } : asked;
  const { dataDir } = settings;
  const secretsFile = join(dataDir, 'secrets.json');
  await keepRings(join(dataDir, KEYS_FOLDER), { file: secretsFile, environment: process.env });
  const secrets = keptSecrets(secretsFile);
  terminal('starting Postgres and RabbitMQ …');
  const parts = await startParts({ settings, logDir, terminal });
  ending.add(async () => parts.stop());
  const storeId = await knownStore({
    objectStoreUrl: settings.objectStoreUrl,
    file: join(dataDir, 'store-id'),
    wished: process.env.STORE_ID || undefined,
    terminal,
  });
  const system = { settings, secrets, urls: parts.urls, storeId, environment: process.env };

  terminal('starting the services …');
  const supervisor = new Supervisor({ dataDir, logDir, terminal, readyDeadlineMs: READY_DEADLINE_MS });
  const drain = async () => supervisor.drain(isDoor);
  ending.add(drain, () => supervisor.kill());
  await supervisor.start(await childPrograms({ root, programs, inspected: development?.inspected ?? [] }, system));
  const run = runRecord(system);
  if (development) {
    const { gatewayPort, publicUrl } = settings;
    ending.add(await development.follow({ supervisor, pagePort: asked.gatewayPort, gatewayPort, publicUrl, terminal }));
  }
  const withdraw = publishRun(runFileOf(dataDir), run);
  ending.add(async () => withdraw());

  if (settings.loadsDemo) await loadDemoOnce({ root, dataDir, run, terminal });
  welcome(system);
}

function terminal(line: string): void {
  console.log(visible(line));
}

/** Parts run as another user when root starts them: the data folder lets them through, its own folders do not. */
function makeFolders(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const logs = join(dataDir, 'logs');
  for (const folder of [logs, join(dataDir, 'issuer')]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return logs;
}

interface ChosenPrograms {
  readonly root: string;
  readonly programs: readonly SystemProgram[];
  readonly inspected: readonly string[];
}

async function childPrograms(
  { root, programs, inspected }: ChosenPrograms,
  system: System,
): Promise<readonly ChildProgram[]> {
  const ports = await freePorts(programs.length);
  return programs.map((program, index) => {
    const healthPort = ports[index] ?? 0;
    const env = programEnvironment(program, healthPort, system);
    const nodeArguments = inspected.includes(program.name) ? inspection(program) : [];
    return { name: program.name, main: join(root, program.main), env, healthPort, nodeArguments };
  });
}

function inspection({ name }: SystemProgram): readonly string[] {
  terminal(`  ${name} takes a debugger on port ${debuggerPort(name)}`);
  // Left to itself, each start says so at length.
  return [`--inspect=127.0.0.1:${debuggerPort(name)}`, '--inspect-publish-uid=http'];
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
