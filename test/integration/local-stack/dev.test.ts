import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '@account-backups/local-stack/system/ports.js';
import { argumentsOf, findByArgument } from '@account-backups/local-stack/system/process-table.js';
import { endPrograms, runProgram, type Running } from './programs.js';
import { SERVICE, smallCheckout, type SmallCheckout } from './small-checkout.js';

describe('npm run dev', () => {
  let checkout: SmallCheckout;
  let address: string;
  let running: Running;

  beforeEach(async () => {
    checkout = smallCheckout();
    const port = await freePort();
    address = `http://localhost:${port}`;
    running = runProgram('dev.mjs', [checkout.root], {
      DATA_DIR: join(checkout.root, '.data'),
      GATEWAY_PORT: String(port),
      PUBLIC_URL: 'http://backups.example',
      DATABASE_URL: 'postgres://nobody@localhost/nothing',
      RABBITMQ_URL: 'amqp://localhost',
      NO_DEMO: '1',
    });
    await running.line('ready http://backups.example');
  });

  afterEach(() => {
    endPrograms();
    checkout.remove();
  });

  const pids = () => findByArgument('node', `--data-of=${join(checkout.root, '.data')}`);
  const pidOf = (service: string) => {
    const main = join(checkout.root, `services/${service}/dist/main.js`);
    const pid = pids().find((candidate) => argumentsOf(candidate).includes(main));
    if (pid === undefined) throw new Error(`${service} does not run`);
    return pid;
  };
  const allPids = () => ({ gateway: pidOf('gateway'), documents: pidOf('documents'), scheduler: pidOf('scheduler') });

  it('restarts the service that changed, and no other', async () => {
    const before = allPids();
    checkout.save('services/documents/src/main.ts');
    await running.line('documents is ready');
    expect(allPids()).toEqual({ ...before, documents: expect.any(Number) });
    expect(pidOf('documents')).not.toBe(before.documents);
  });

  it('restarts the services whose library changed', async () => {
    const before = allPids();
    checkout.write('libs/words/src/index.ts', 'export const word: string = "another";\n');
    await running.line('documents is ready');
    await running.line('gateway is ready');
    expect(pidOf('documents')).not.toBe(before.documents);
    expect(pidOf('gateway')).not.toBe(before.gateway);
    expect(pidOf('scheduler')).toBe(before.scheduler);
  });

  it('shows an error of the compiler and restarts nothing until it is mended', async () => {
    const before = allPids();
    checkout.write('services/scheduler/src/wrong.ts', 'export const count: number = "three";\n');
    await running.line('services/scheduler/src/wrong.ts(1,14): error TS2322');
    await running.line('not compiled: nothing is restarted');
    expect(allPids()).toEqual(before);
    checkout.write('services/scheduler/src/wrong.ts', 'export const count: number = 3;\n');
    await running.line('scheduler is ready');
    expect(pidOf('scheduler')).not.toBe(before.scheduler);
  });

  it('starts a service at once that died of its own code and is mended', async () => {
    checkout.write('services/scheduler/src/main.ts', 'throw new Error("no");\n');
    await running.line('scheduler: error service.died');
    checkout.write('services/scheduler/src/main.ts', SERVICE);
    await running.line('scheduler is ready');
    expect(pidOf('scheduler')).toBeGreaterThan(0);
  });

  it('serves the page from its sources, and passes on to the gateway what is not the page', async () => {
    const textOf = async (path: string) => (await fetch(`${address}${path}`)).text();
    await expect(textOf('/backups/some-backup')).resolves.toContain('/@vite/client');
    await expect(textOf('/src/main.ts')).resolves.toContain('document.title');
    await expect(textOf('/api/v1/me?x=1')).resolves.toBe(`${new URL(address).host} asked for /api/v1/me?x=1`);
  });

  it('serves the page under the host name that PUBLIC_URL has, and under no other', async () => {
    const textAs = async (host: string) => {
      const [answer] = (await once(get(address, { headers: { host } }), 'response')) as [IncomingMessage];
      return text(answer);
    };
    await expect(textAs('backups.example')).resolves.toContain('/@vite/client');
    await expect(textAs('other.example')).resolves.toContain('This host ("other.example") is not allowed');
    await expect(textAs('other.backups.example')).resolves.toContain('is not allowed');
  });

  it('serves nothing of the checkout but the page', async () => {
    checkout.write('.data/secrets.json', '{"seal":"of the system"}');
    const answer = await fetch(`${address}/@fs${checkout.root}/.data/secrets.json`);
    expect(answer.status).toBe(403);
    await expect(answer.text()).resolves.not.toContain('of the system');
  });

  it('ends everything on SIGTERM', async () => {
    running.child.kill('SIGTERM');
    await expect(running.ended()).resolves.toBe(0);
    expect(pids()).toEqual([]);
    await expect(fetch(address)).rejects.toThrow();
  });
});
