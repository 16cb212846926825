import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { freePort } from '@account-backups/local-stack/system/ports.js';
import { findByArgument, isAlive } from '@account-backups/local-stack/system/process-table.js';
import { eventually } from '../../support/eventually.js';
import { testBrokerUrl, testDatabase, type TestDatabase } from '../../support/real-parts.js';
import { partFolder, type PartFolder } from './harness.js';
import { endPrograms, programFolder, run, runProgram, type Running } from './programs.js';

describe('npm start', () => {
  let folder: PartFolder;
  let database: TestDatabase;
  let env: Readonly<Record<string, string>>;

  beforeEach(async () => {
    folder = partFolder();
    database = await testDatabase();
    env = {
      DATA_DIR: folder.path,
      GATEWAY_PORT: String(await freePort()),
      DATABASE_URL: database.url,
      RABBITMQ_URL: testBrokerUrl(),
      NO_DEMO: '1',
    };
  });

  afterEach(async () => {
    endPrograms();
    await database.drop();
    folder.remove();
  });

  const start = (more: Readonly<Record<string, string>> = {}) =>
    runProgram('start.mjs', [programFolder], { ...env, ...more });
  const services = () => findByArgument('node', `--data-of=${folder.path}`);
  const log = (name: string) => readFileSync(join(folder.path, 'logs', `${name}.log`), 'utf8');
  const environmentOf = async (service: number) =>
    readFileSync(`/proc/${service}/environ`, 'utf8').split('\0').filter(Boolean);

  async function ready(running: Running): Promise<void> {
    await running.line('ready http://localhost:');
  }

  it('says that it is ready on a line of its own', async () => {
    const running = start();
    const line = await running.line('ready');
    running.child.kill('SIGTERM');
    await running.ended();
    expect(line).toBe(`ready http://localhost:${env.GATEWAY_PORT}`);
  });

  it('drains the services on SIGTERM and ends with 0', async () => {
    const running = start();
    await ready(running);
    running.child.kill('SIGTERM');
    await expect(running.ended()).resolves.toBe(0);
    expect(log('gateway')).toContain('drained');
    expect(services()).toEqual([]);
  });

  it('starts a service again that died, and says so', async () => {
    const running = start();
    await ready(running);
    const [victim = 0] = services();
    process.kill(victim, 'SIGKILL');
    await running.line('gateway: error service.died');
    await eventually(() => expect(services()).toHaveLength(2), { deadlineMs: 20_000 });
    running.child.kill('SIGTERM');
    await expect(running.ended()).resolves.toBe(0);
  });

  it('leaves no service behind after SIGKILL', async () => {
    const running = start();
    await ready(running);
    const pids = services();
    running.child.kill('SIGKILL');
    await eventually(() => expect(pids.filter(isAlive)).toEqual([]), { deadlineMs: 20_000 });
    expect(pids).toHaveLength(2);
  });

  it('ends with the npm that runs it', async () => {
    const shell = `${process.execPath} ${join(programFolder, 'start.mjs')} ${programFolder} & wait`;
    const npm = run(['/bin/sh', '-c', shell], { ...env, npm_lifecycle_event: 'start' });
    await ready(npm);
    npm.child.kill('SIGKILL');
    await eventually(() => expect(services()).toEqual([]), { deadlineMs: 20_000 });
    await eventually(() => expect(existsSync(join(folder.path, 'lock'))).toBe(false));
  });

  it('refuses a second start on the same data with the pid of the first', async () => {
    const first = start();
    await ready(first);
    const second = start({ GATEWAY_PORT: String(await freePort()) });
    await expect(second.ended()).resolves.toBe(1);
    expect(second.output()).toContain(`Another npm start (process ${first.child.pid}) uses the data`);
    first.child.kill('SIGTERM');
    await first.ended();
  });

  it('takes over the lock of a start that was killed', async () => {
    writeFileSync(join(folder.path, 'lock'), JSON.stringify({ pid: process.pid, startTicks: '1' }));
    const running = start();
    await ready(running);
    running.child.kill('SIGTERM');
    await expect(running.ended()).resolves.toBe(0);
  });

  it('says which port is taken and which variable to set', async () => {
    const taken = await listen(Number(env.GATEWAY_PORT));
    const running = start();
    await expect(running.ended()).resolves.toBe(1);
    taken.close();
    expect(running.output()).toContain(`Port ${env.GATEWAY_PORT} for gateway is taken`);
    expect(running.output()).toContain('set GATEWAY_PORT');
  });

  it('gives a secret only to the service that needs it', async () => {
    const running = start({ OIDC_CLIENT_SECRET: 'the-client-secret' });
    await ready(running);
    const environments = await Promise.all(services().map(environmentOf));
    running.child.kill('SIGTERM');
    await running.ended();
    const holding = (text: string) =>
      environments.filter((variables) => variables.some((entry) => entry.includes(text)));
    expect(holding('the-client-secret')).toHaveLength(1);
    expect(holding(database.url)).toHaveLength(1);
    expect(holding('HEALTH_PORT=')).toHaveLength(2);
  });

  it('loads the demo data once, before it is ready', async () => {
    const root = checkoutWithDemo(folder.path);
    const round = async (name: string) => {
      const running = runProgram('start.mjs', [root], { ...env, NO_DEMO: '', ROUND: name });
      await ready(running);
      running.child.kill('SIGTERM');
      await running.ended();
    };
    await round('first');
    await round('second');
    expect(readFileSync(join(folder.path, 'loads'), 'utf8')).toBe(`first into http://localhost:${env.GATEWAY_PORT}\n`);
  });

  it('prints the logins and their password', async () => {
    const running = start({ NO_DEMO: '' });
    await running.line('  password of all: ');
    running.child.kill('SIGTERM');
    await running.ended();
    expect(running.output()).toContain('ada@northfield');
  });

  it('tells commands where it runs, in a file that only its owner reads, while it runs', async () => {
    const running = start();
    await ready(running);
    const file = join(folder.path, 'run.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const mode = statSync(file).mode & 0o777;
    running.child.kill('SIGTERM');
    await running.ended();
    expect(record).toMatchObject({ pid: running.child.pid, databaseUrl: database.url });
    expect(mode).toBe(0o600);
    expect(existsSync(file)).toBe(false);
  });
});

/** A checkout that has nothing but the stand-ins and a loader that notes each of its runs. */
function checkoutWithDemo(folder: string): string {
  const root = join(folder, 'checkout');
  const loader = join(root, 'tools/demo-data/dist/load.js');
  mkdirSync(dirname(loader), { recursive: true });
  cpSync(join(programFolder, 'obedient.mjs'), join(root, 'obedient.mjs'));
  const note = `const { appendFileSync, writeFileSync } = require('node:fs');
    const { DATA_DIR, GATEWAY_URL, ROUND } = process.env;
    appendFileSync(DATA_DIR + '/loads', ROUND + ' into ' + GATEWAY_URL + '\\n');
    writeFileSync(DATA_DIR + '/demo-loaded.json', '{}');`;
  writeFileSync(loader, note);
  return root;
}

async function listen(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, () => resolve(server));
  });
}
