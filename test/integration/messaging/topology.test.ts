import { AppError } from '@account-backups/contracts';
import { checkHandlers } from '../../../libs/messaging/src/taking/handler-check.js';
import { eventually } from '../../support/eventually.js';
import { listening } from '../../support/played-service.js';
import { list, openOffice, type Office } from './harness.js';

describe('the queues of a service', () => {
  let office: Office;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ office, close } = await openOffice());
  });
  afterEach(() => office.tidy());
  afterAll(() => close());

  it('are made again when one is deleted under a running service', async () => {
    const seen: string[] = [];
    await office.service('documents', { 'desk.work': ({ text }) => seen.push(text) });
    const bus = office.bus();
    await (await office.channel()).deleteQueue('documents.desk.work');
    await eventually(() => bus.enqueue('desk.work', { text: 'after' }));
    await eventually(() => expect(seen).toContain('after'));
  });

  it('get their bindings and exchanges again when those are deleted under a running service', async () => {
    const seen: string[] = [];
    const strategy = await office.service('documents', { 'desk.work': ({ text }) => seen.push(text) });
    const bus = office.bus();
    await bus.connect();
    const channel = await office.channel();
    await channel.unbindQueue('documents.desk.work', 'jobs', 'desk.work');
    await expect(bus.enqueue('desk.work', { text: 'lost' })).rejects.toMatchObject({ code: 'MESSAGE_UNROUTABLE' });
    await eventually(() => bus.enqueue('desk.work', { text: 'bound again' }));
    await channel.deleteExchange('jobs');
    await eventually(() => bus.enqueue('desk.work', { text: 'made again' }));
    await eventually(() => expect(seen).toEqual(['bound again', 'made again']));
    await expect(strategy.check()).resolves.toBeUndefined();
  });

  it('that exist with other settings are named by the state, until they are gone', async () => {
    const channel = await office.channel();
    await channel.assertQueue('documents.desk.work', { durable: true });
    const strategy = office.strategy('documents', {});
    const started = listening(strategy);
    await eventually(() => expect(strategy.state().problem).toContain('PRECONDITION_FAILED'));
    expect(strategy.state()).toMatchObject({ up: false, problem: expect.stringContaining('documents.desk.work') });
    await channel.deleteQueue('documents.desk.work');
    await started;
    expect(strategy.state()).toEqual({ up: true });
  });

  it('keep messages for a service that is not there, and are not taken by another', async () => {
    await office.service('documents', {}).then((strategy) => strategy.close());
    await office.service('permissions', {});
    await office.bus().publish('desk.told', { text: 'later' });
    const seen: string[] = [];
    await office.service('documents', { 'desk.told': ({ text }) => seen.push(text) });
    await eventually(() => expect(seen).toEqual(['later']));
  });
});

describe('the check of handlers', () => {
  const all = ['desk.ask', 'desk.told', 'desk.work', 'desk.hint'];

  it('passes when there is exactly one handler for each message', () => {
    expect(() => checkHandlers('documents', all, list)).not.toThrow();
  });

  it('names what is missing, doubled and foreign in one message', () => {
    const check = () => checkHandlers('documents', ['desk.ask', 'desk.ask', 'desk.told', 'desk.lonely', 'x'], list);
    expect(check).toThrow(AppError);
    expect(check).toThrow(
      'documents: desk.work has no handler; desk.hint has no handler; desk.lonely is not for this service; ' +
        'x is not for this service; desk.ask has two handlers',
    );
  });
});
