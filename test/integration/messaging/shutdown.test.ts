import { eventually } from '../../support/eventually.js';
import { aWhile, door, openOffice, type Office } from './harness.js';
import { openWire } from './wire.js';

describe('a service that ends', () => {
  let office: Office;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ office, close } = await openOffice());
  });
  afterEach(() => office.tidy());
  afterAll(() => close());

  it('finishes the work in hand and takes no more', async () => {
    const gate = door();
    const seen: string[] = [];
    const strategy = await office.service('documents', {
      'desk.work': async ({ text }) => {
        seen.push(`${text} begun`);
        await gate.passed;
        seen.push(`${text} done`);
      },
    });
    const bus = office.bus();
    await bus.enqueue('desk.work', { text: 'in hand' });
    await eventually(() => expect(seen).toEqual(['in hand begun']));
    const closed = strategy.close();
    // a quorum queue counts a consumer that left as long as it holds a message; they all leave together
    await eventually(async () => expect(await consumersOf('documents.requests.v2')).toBe(0));
    await bus.enqueue('desk.work', { text: 'too late' });
    gate.open();
    await closed;
    expect(seen).toEqual(['in hand begun', 'in hand done']);
    expect(await office.waitingIn('documents.desk.work')).toBe(1);
  });

  it('still answers the request in hand', async () => {
    const gate = door();
    let asked = false;
    const strategy = await office.service('documents', {
      'desk.ask': async () => {
        asked = true;
        await gate.passed;
        return 'answered';
      },
    });
    const reply = office.bus().request('desk.ask', { text: 'x' });
    await eventually(() => expect(asked).toBe(true));
    const closed = strategy.close();
    gate.open();
    await closed;
    await expect(reply).resolves.toBe('answered');
  });

  it('leaves work that takes too long to another process', async () => {
    const seen: string[] = [];
    const gate = door();
    const first = await office.service(
      'documents',
      {
        'desk.work': () => {
          seen.push('first');
          return gate.passed;
        },
      },
      { drainTimeoutMs: 100 },
    );
    await office.bus().enqueue('desk.work', { text: 'long' });
    await eventually(() => expect(seen).toEqual(['first']));
    await first.close();
    await office.service('documents', { 'desk.work': () => seen.push('second') });
    await eventually(() => expect(seen).toEqual(['first', 'second']));
    gate.open();
  });

  it('takes nothing new when its connection comes back while the last work ends', async () => {
    const gate = door();
    const seen: string[] = [];
    const strategy = await office.service('documents', {
      'desk.work': ({ text }) => {
        seen.push(text);
        return gate.passed;
      },
    });
    await office.bus().enqueue('desk.work', { text: 'once here' });
    await eventually(() => expect(seen).toEqual(['once here']));
    const closed = strategy.close();
    await office.cutConnections();
    await eventually(() => expect(strategy.state().up).toBe(true));
    await aWhile(300);
    gate.open();
    await closed;
    expect(seen).toEqual(['once here']);
  });

  it('lets go of the broker: its bus refuses to send and stays closed', async () => {
    const bus = office.bus();
    await bus.connect();
    await bus.close();
    await expect(bus.publish('desk.told', { text: 'x' })).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    expect(bus.state().up).toBe(false);
  });

  it.each([
    ['is lost while the channel is closed', 'Goodbye', 'reset'],
    ['is silent from then on', 'Goodbye', 'silence'],
    ['is silent when the connection is closed', 'Cheers, thanks', 'silence'],
    ['is lost then', 'Cheers, thanks', 'reset'],
  ] as const)('ends though the broker %s', async (_, text, how) => {
    const wire = await openWire(office.url);
    const bus = office.bus({ url: wire.url });
    await bus.connect();
    wire.spoilAt(text, how);
    await bus.close();
    expect(bus.state().up).toBe(false);
    await eventually(() => expect(wire.openEnds()).toBe(0));
    await wire.close();
  });

  it('ends though the broker no longer answers when it stops taking messages', async () => {
    const wire = await openWire(office.url);
    const strategy = await office.service('documents', {}, { url: wire.url });
    wire.spoilAt('amq.ctag', 'silence');
    await strategy.close();
    expect(strategy.state().up).toBe(false);
    await wire.close();
  });

  async function consumersOf(queue: string): Promise<number> {
    const channel = await office.channel();
    const { consumerCount } = await channel.checkQueue(queue);
    await channel.close();
    return consumerCount;
  }
});
