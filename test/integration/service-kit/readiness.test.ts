// What an engineer on call reads on the private port of a service that cannot start yet.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectTo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { connect } from 'amqplib';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { freshVhost, testDatabase, type TestDatabase, type TestVhost } from '../../support/real-parts.js';

const main = fileURLToPath(new URL('../../../services/permissions/dist/main.js', import.meta.url));

interface Report {
  readonly status: number;
  readonly body: { readonly ready: boolean; readonly parts: Readonly<Record<string, string>> };
}

describe('the readiness of a service', () => {
  let database: TestDatabase;
  let vhost: TestVhost;
  let service: ChildProcess;
  let healthPort: number;

  beforeAll(async () => {
    [database, vhost] = await Promise.all([testDatabase(), freshVhost()]);
  });

  afterEach(async () => {
    service.kill('SIGKILL');
    await once(service, 'exit');
  });

  afterAll(() => Promise.all([database.drop(), vhost.drop()]));

  async function start(brokerUrl: string, more: NodeJS.ProcessEnv = {}): Promise<void> {
    healthPort = await freePort();
    const env = { DATABASE_URL: database.url, RABBITMQ_URL: brokerUrl, HEALTH_PORT: String(healthPort), ...more };
    service = spawn(process.execPath, [main], { env: { ...process.env, ...env }, stdio: 'ignore' });
  }

  async function ask(path: string): Promise<Report> {
    const response = await fetch(`http://127.0.0.1:${healthPort}${path}`);
    return { status: response.status, body: (await response.json()) as Report['body'] };
  }

  it('says that the broker is away, while the process counts as alive', async () => {
    const port = await freePort();
    await start(`amqp://guest:guest@127.0.0.1:${port}`);
    await eventually(async () => {
      const { status, body } = await ask('/health/ready');
      expect(status).toBe(503);
      expect(body).toMatchObject({ ready: false, parts: { start: 'not done yet', database: 'ok' } });
      expect(body.parts.bus).toContain(`ECONNREFUSED 127.0.0.1:${port}`);
    });
    expect((await ask('/health/live')).status).toBe(200);
  });

  it('names a queue that exists with other settings, and is ready when it is gone', async () => {
    const connection = await connect(vhost.url);
    const channel = await connection.createChannel();
    await channel.assertQueue('permissions.requests.v2', { durable: true });
    await start(vhost.url);
    await eventually(async () => {
      const { body } = await ask('/health/ready');
      expect(body.parts.bus).toMatch(/PRECONDITION_FAILED.*permissions\.requests/);
    });
    await channel.deleteQueue('permissions.requests.v2');
    await connection.close();
    await eventually(async () =>
      expect(await ask('/health/ready')).toEqual({
        status: 200,
        body: { ready: true, parts: { bus: 'ok', clock: 'ok', database: 'ok' } },
      }),
    );
  });

  it.each([
    [3_600_000, '3600 s ahead of'],
    [-60_000, '60 s behind'],
  ])("says that its machine's clock is off by %d ms", async (offByMs, said) => {
    const wrong = `const now=Date.now;Date.now=()=>now()+(${offByMs})`;
    await start(vhost.url, { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(wrong)}` });
    await eventually(async () => {
      const { status, body } = await ask('/health/ready');
      expect(status).toBe(503);
      expect(body.parts).toMatchObject({ bus: 'ok', database: 'ok' });
      expect(body.parts.clock).toBe(`this machine's clock is ${said} the database's`);
    });
  });

  it('waits for its database, and starts once that is there', async () => {
    const behind = new URL(database.url);
    const port = await freePort();
    const absent = new URL(database.url);
    absent.port = String(port);
    await start(vhost.url, { DATABASE_URL: absent.href });
    await eventually(async () => expect((await ask('/health/ready')).status).toBe(503));
    const door = createServer((client) => {
      const server = connectTo(Number(behind.port), behind.hostname);
      client.on('error', () => server.destroy()).pipe(server);
      server.on('error', () => client.destroy()).pipe(client);
    });
    await new Promise<void>((resolve) => door.listen(port, '127.0.0.1', resolve));
    await eventually(async () => expect((await ask('/health/ready')).status).toBe(200));
    expect(service.exitCode).toBeNull();
    door.close();
  });
});
