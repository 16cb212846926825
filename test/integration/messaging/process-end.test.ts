// Separate processes, ended as an orchestrator or a crash ends them.
import { join } from 'node:path';
import { messages } from '@account-backups/contracts';
import { Bus, BusStrategy, queues } from '@account-backups/messaging';
import { eventually } from '../../support/eventually.js';
import { freshVhost, type TestVhost } from '../../support/real-parts.js';
import { endPrograms, run, type Running } from '../local-stack/programs.js';
import { listening } from '../../support/played-service.js';
import { Office } from './harness.js';

const cleaner = join(process.cwd(), 'test/integration/messaging/programs/cleaner.mjs');
const jobs = queues.job('zip-builder', 'archives.delete');
const one = { accountId: 'a1', backupId: '5f0f6a3e-0c9b-4a39-8f6e-1c2f2a0b7d11' };
const two = { accountId: 'a1', backupId: '5f0f6a3e-0c9b-4a39-8f6e-1c2f2a0b7d22' };

describe('a process with a job in hand', () => {
  let vhost: TestVhost;
  let office: Office;
  let bus: Bus;
  let backups: BusStrategy;
  const deleted: unknown[] = [];

  beforeAll(async () => {
    vhost = await freshVhost();
    office = new Office(vhost.url);
    bus = new Bus({ url: vhost.url, name: 'tests' });
    const list = { 'archive.deleted': messages['archive.deleted'] };
    backups = new BusStrategy({ url: vhost.url, service: 'backups', messages: list });
    backups.addHandler('archive.deleted', async (payload: unknown) => void deleted.push(payload), true);
    await listening(backups);
  });

  beforeEach(makeQueue);

  afterEach(async () => {
    endPrograms();
    await eventually(async () => expect(await office.waitingIn(jobs)).toBe(0));
    expect(await (await office.channel()).deleteQueue(jobs)).toEqual({ messageCount: 0 });
    deleted.length = 0;
  });

  afterAll(async () => {
    await Promise.all([backups.close(), bus.close()]);
    await office.tidy();
    await vhost.drop();
  });

  async function taken(env: Readonly<Record<string, string>> = {}): Promise<Running> {
    const program = run([process.execPath, cleaner], { RABBITMQ_URL: vhost.url, ...env });
    await program.line('taken');
    return program;
  }

  async function makeQueue(): Promise<void> {
    const list = { 'archives.delete': messages['archives.delete'] };
    const strategy = new BusStrategy({ url: vhost.url, service: 'zip-builder', messages: list });
    strategy.addHandler('archives.delete', async () => undefined, true);
    await listening(strategy);
    await strategy.close();
  }

  it('finishes it at SIGTERM, can still publish, and leaves', async () => {
    await bus.enqueue('archives.delete', one);
    const program = await taken();
    program.child.kill('SIGTERM');
    await program.ended();
    expect(program.output()).toContain('done');
    await eventually(() => expect(deleted).toEqual([one]));
    expect(await office.waitingIn(jobs)).toBe(0);
  });

  it('gives it back at SIGTERM when it takes longer than the drain', async () => {
    await bus.enqueue('archives.delete', two);
    const program = await taken({ DRAIN_MS: '50' });
    program.child.kill('SIGTERM');
    await program.ended();
    expect(program.output()).not.toContain('done');
    const next = await taken();
    next.child.kill('SIGTERM');
    await next.ended();
    await eventually(() => expect(deleted).toEqual([two]));
  });

  it('loses nothing when it is killed: another process takes the job', async () => {
    await bus.enqueue('archives.delete', one);
    const killed = await taken();
    killed.child.kill('SIGKILL');
    await killed.ended();
    const next = await taken();
    next.child.kill('SIGTERM');
    await next.ended();
    await eventually(() => expect(deleted).toEqual([one]));
  });
});
