import { jest } from '@jest/globals';
import { freePort } from '@account-backups/local-stack/system/ports.js';
import { startRabbitmq, type RunningRabbitmq } from '@account-backups/local-stack/parts/rabbitmq.js';
import { eventually } from '../../support/eventually.js';
import { partFolder, type PartFolder } from '../local-stack/harness.js';
import { door, Office } from './harness.js';

jest.setTimeout(180_000);

describe('a restart of the broker', () => {
  let folder: PartFolder;
  let broker: RunningRabbitmq;
  let office: Office;
  let port: number;
  const start = () => startRabbitmq({ ...folder.at('rabbitmq'), port });

  beforeAll(async () => {
    folder = partFolder();
    port = await freePort();
    broker = await start();
    office = new Office(broker.url);
  });

  afterAll(async () => {
    await office.tidy();
    await broker.kill();
    folder.remove();
  });

  it('fails the request in flight clearly, loses no fact, and is got over by services and buses', async () => {
    const gate = door();
    const asked: string[] = [];
    const told: string[] = [];
    // stays closed until after the restart: its fact waits at the broker meanwhile
    await office.service('permissions', {}).then((strategy) => strategy.close());
    const strategy = await office.service('documents', {
      'desk.ask': ({ text }) => {
        asked.push(text);
        return text === 'before' ? gate.passed : 'answered';
      },
    });
    const bus = office.bus();
    await bus.publish('desk.told', { text: 'before' });
    const inFlight = bus
      .request('desk.ask', { text: 'before' }, { timeoutMs: 60_000 })
      .catch((error: unknown) => error);
    await eventually(() => expect(asked).toEqual(['before']));

    // in an orderly way: a node killed in the second that a quorum queue was made in may lose that queue's leader
    await broker.stop();
    expect(await inFlight).toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await eventually(() => expect([bus.state().up, strategy.state().up]).toEqual([false, false]));
    broker = await start();
    gate.open();

    await eventually(() => bus.publish('desk.told', { text: 'after' }), { deadlineMs: 30_000 });
    await office.service('permissions', { 'desk.told': ({ text }) => told.push(text) });
    await eventually(() => expect(told).toEqual(['before', 'after']), { deadlineMs: 30_000 });
    await eventually(() => expect(strategy.state()).toEqual({ up: true }), { deadlineMs: 30_000 });
    await expect(bus.request('desk.ask', { text: 'after' })).resolves.toBe('answered');
  });
});
