import { randomBytes } from 'node:crypto';
import { currentTrace } from '@account-backups/messaging';
import { runWithTrace } from '../../../libs/messaging/src/envelope/trace.js';
import { eventually } from '../../support/eventually.js';
import { openOffice, type Office } from './harness.js';

const traceId = 'c0ffee00c0ffee00c0ffee00c0ffee00';

describe('what travels with a message', () => {
  let office: Office;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ office, close } = await openOffice());
  });
  afterEach(() => office.tidy());
  afterAll(() => close());

  it('is a large body, compressed both ways', async () => {
    const text = randomBytes(150_000).toString('hex');
    await office.service('documents', { 'desk.ask': (payload) => ({ back: payload.text }) });
    const reply = await office.bus().request('desk.ask', { text });
    expect(reply).toEqual({ back: text });
  });

  it('is compressed at the broker above 64 KiB and plain below', async () => {
    const bus = office.bus();
    await office.service('documents', {}).then((strategy) => strategy.close());
    await bus.enqueue('desk.work', { text: 'a'.repeat(100_000) });
    await bus.enqueue('desk.work', { text: 'small' });
    const channel = await office.channel();
    const large = await channel.get('documents.desk.work', { noAck: true });
    const small = await channel.get('documents.desk.work', { noAck: true });
    await channel.close();
    expect(large && [large.properties.contentEncoding, large.content.length < 10_000]).toEqual(['gzip', true]);
    expect(small && [small.properties.contentEncoding, small.content.toString()]).toEqual([
      undefined,
      '{"text":"small"}',
    ]);
  });

  it('is a compressed body that is parked and rests like any other', async () => {
    const tries: number[] = [];
    await office.service('documents', {
      'desk.work': ({ text }) => {
        tries.push(text.length);
        if (tries.length < 2) throw new Error('once more');
      },
    });
    await office.bus().enqueue('desk.work', { text: 'a'.repeat(100_000) });
    await eventually(() => expect(tries).toEqual([100_000, 100_000]));
  });

  it('is the trace: from the caller to the handler to the fact that it publishes', async () => {
    const seen: (string | undefined)[] = [];
    const inner = office.bus();
    await office.service('permissions', { 'desk.told': () => seen.push(currentTrace()?.traceId) });
    await office.service('documents', {
      'desk.ask': async () => {
        seen.push(currentTrace()?.traceId);
        await inner.publish('desk.told', { text: 'x' });
      },
    });
    await runWithTrace(`00-${traceId}-00f067aa0ba902b7-01`, () => office.bus().request('desk.ask', { text: 'x' }));
    await eventually(() => expect(seen).toEqual([traceId, traceId]));
  });

  it('is a trace of its own for each message where the sender has none', async () => {
    const seen: (string | undefined)[] = [];
    await office.service('documents', { 'desk.work': () => seen.push(currentTrace()?.traceId) });
    const bus = office.bus();
    await bus.enqueue('desk.work', { text: 'a' });
    await bus.enqueue('desk.work', { text: 'b' });
    await eventually(() => expect(new Set(seen).size).toBe(2));
    expect(seen.join(' ')).toMatch(/^[0-9a-f]{32} [0-9a-f]{32}$/);
  });
});
