import { queues } from '@account-backups/messaging';
import { eventually } from '../../support/eventually.js';
import { aWhile, door, openOffice, type Office } from './harness.js';

describe('delivery of facts and jobs', () => {
  let office: Office;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ office, close } = await openOffice());
  });
  afterEach(() => office.tidy());
  afterAll(() => close());

  it('brings a fact to every service that handles it', async () => {
    const seen: string[] = [];
    await office.service('documents', { 'desk.told': ({ text }) => seen.push(`documents ${text}`) });
    await office.service('permissions', { 'desk.told': ({ text }) => seen.push(`permissions ${text}`) });
    await office.bus().publish('desk.told', { text: 'hello' });
    await eventually(() => expect(seen.toSorted()).toEqual(['documents hello', 'permissions hello']));
  });

  it('keeps a message until its handler is done, and gives it away then', async () => {
    const gate = door();
    let taken = 0;
    const strategy = await office.service('documents', {
      'desk.work': () => {
        taken += 1;
        return gate.passed;
      },
    });
    await office.bus().enqueue('desk.work', { text: 'one' });
    await eventually(() => expect(taken).toBe(1));
    gate.open();
    await strategy.close();
    expect(await office.waitingIn(queues.job('documents', 'desk.work'))).toBe(0);
  });

  it('delivers again what a process had in hand when its connection was cut, once', async () => {
    const first = door();
    let taken = 0;
    const strategy = await office.service('documents', {
      'desk.work': () => {
        taken += 1;
        return taken === 1 ? first.passed : undefined;
      },
    });
    await office.bus().enqueue('desk.work', { text: 'one' });
    await eventually(() => expect(taken).toBe(1));
    await office.cutConnections();
    await eventually(() => expect(taken).toBe(2));
    first.open();
    await aWhile(500);
    expect({ taken, ...strategy.state() }).toEqual({ taken: 2, up: true });
  });

  it('leaves the new connection alone when work that outlived the old one ends', async () => {
    const gate = door();
    let taken = 0;
    const strategy = await office.service('documents', {
      'desk.work': () => {
        taken += 1;
        return gate.passed;
      },
    });
    await office.bus().enqueue('desk.work', { text: 'one' });
    await eventually(() => expect(taken).toBe(1));
    await office.cutConnections();
    await eventually(() => expect(taken).toBe(2));
    gate.open();
    await aWhile(1_000);
    expect({ taken, ...strategy.state() }).toEqual({ taken: 2, up: true });
  });

  it('keeps to the concurrency of a job in each process', async () => {
    const gate = door();
    let inHand = 0;
    await office.service('documents', {
      'desk.work': () => {
        inHand += 1;
        return gate.passed;
      },
    });
    const bus = office.bus();
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => bus.enqueue('desk.work', { text })));
    await eventually(() => expect(inHand).toBe(2));
    await aWhile(300);
    expect(inHand).toBe(2);
    gate.open();
    await eventually(() => expect(inHand).toBe(4));
  });

  it('tells a signal to each process and loses it where nobody listens', async () => {
    const seen: string[] = [];
    const bus = office.bus();
    await expect(bus.signal('desk.hint', { text: 'to nobody' })).resolves.toBeUndefined();
    await office.service('documents', { 'desk.hint': ({ text }) => seen.push(`one ${text}`) });
    await office.service('documents', { 'desk.hint': ({ text }) => seen.push(`two ${text}`) });
    await bus.signal('desk.hint', { text: 'look' });
    await eventually(() => expect(seen.toSorted()).toEqual(['one look', 'two look']));
  });

  it('never tries a failed signal again and goes on with the next', async () => {
    const seen: string[] = [];
    await office.service('documents', {
      'desk.hint': ({ text }) => {
        seen.push(text);
        throw new Error('no');
      },
    });
    const bus = office.bus();
    await bus.signal('desk.hint', { text: 'first' });
    await bus.signal('desk.hint', { text: 'second' });
    await eventually(() => expect(seen).toHaveLength(2));
    // Longer than both rests together.
    await aWhile(500);
    expect(seen).toEqual(['first', 'second']);
  });
});
