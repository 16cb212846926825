// What a message carries beside its body: for the broker, for whoever looks into a queue, for the next hop.
import { AppError } from '@account-backups/contracts';
import { queues } from '@account-backups/messaging';
import type { ConsumeMessage, GetMessage } from 'amqplib';
import { eventually } from '../../support/eventually.js';
import { openOffice, type Office } from './harness.js';

const PERSISTENT = 2;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const work = queues.job('documents', 'desk.work');

describe('the envelope of a message', () => {
  let office: Office;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ office, close } = await openOffice());
  });
  afterEach(() => office.tidy());
  afterAll(() => close());

  async function next(queue: string): Promise<GetMessage> {
    const channel = await office.channel();
    return eventually(async () => {
      const message = await channel.get(queue, { noAck: true });
      if (!message) throw new Error(`nothing is in ${queue} yet`);
      return message;
    });
  }

  it('says who sent it, when, as which message, in which trace, and that it must last', async () => {
    await office.service('documents', {}).then((strategy) => strategy.close());
    const before = Math.floor(Date.now() / 1_000);
    await office.bus().enqueue('desk.work', { text: 'x' });
    const { properties } = await next(work);
    expect(properties).toMatchObject({
      appId: 'tests',
      contentType: 'application/json',
      messageId: expect.stringMatching(uuid),
      deliveryMode: PERSISTENT,
      headers: { traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/) },
    });
    // AMQP 0-9-1 section 4.2.5.4: seconds
    expect(properties.timestamp - before).toBeGreaterThanOrEqual(0);
    expect(properties.timestamp - before).toBeLessThanOrEqual(10);
  });

  it('lets a request live as long as its caller waits, and no longer', async () => {
    const channel = await office.channel();
    await channel.assertQueue('scheduler.requests.v2', { exclusive: true });
    const taken = new Promise<ConsumeMessage>((resolve) => {
      void channel.consume('scheduler.requests.v2', (found) => found && resolve(found), { noAck: true });
    });
    const bus = office.bus();
    await bus.connect();
    await channel.bindQueue('scheduler.requests.v2', 'requests', 'desk.lonely');
    const late = bus.request('desk.lonely', { text: 'x' }, { timeoutMs: 3_000 }).catch((error: unknown) => error);
    const message = await taken;
    expect(message.properties).toMatchObject({ expiration: '3000', replyTo: expect.stringContaining('reply-to') });
    expect(message.properties.deliveryMode).not.toBe(PERSISTENT);
    expect(await late).toMatchObject({ code: 'REQUEST_TIMED_OUT' });
  });

  it('of a parked message says how often it was tried, and lets it begin anew when somebody puts it back', async () => {
    let tries = 0;
    await office.service('documents', {
      'desk.work': () => {
        tries += 1;
        throw new AppError('INTERNAL', 'it cannot be read');
      },
    });
    await office.bus().enqueue('desk.work', { text: 'poison' });
    const parked = await next(queues.dead('documents'));
    expect([tries, parked.properties.headers?.['x-attempts']]).toEqual([3, 3]);
    const channel = await office.channel();
    channel.sendToQueue(work, parked.content, { ...parked.properties });
    const again = await next(queues.dead('documents'));
    expect([tries, again.properties.headers?.['x-attempts']]).toEqual([6, 3]);
  });
});
