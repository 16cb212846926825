// What the broker or the encoding refuses while the connection is up.
import { randomBytes } from 'node:crypto';
import { AppError, MIB } from '@account-backups/contracts';
import { queues } from '@account-backups/messaging';
import { eventually } from '../../support/eventually.js';
import { door, openOffice, type Office } from './harness.js';

describe('something that is refused', () => {
  let office: Office;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ office, close } = await openOffice());
  });
  afterEach(() => office.tidy());
  afterAll(() => close());

  async function parkedText(): Promise<string> {
    return eventually(async () => {
      const found = await office.parked('documents');
      if (!found) throw new Error('nothing is parked yet');
      return found.text;
    });
  }

  it('is parked in a dead queue made anew when that queue was deleted meanwhile', async () => {
    const gate = door();
    let taken = 0;
    await office.service('documents', {
      'desk.work': async () => {
        taken += 1;
        await gate.passed;
        throw new AppError('SOURCE_UNUSABLE', 'never');
      },
    });
    await office.bus().enqueue('desk.work', { text: 'poison' });
    await eventually(() => expect(taken).toBe(1));
    await (await office.channel()).deleteQueue(queues.dead('documents'));
    gate.open();
    expect(await parkedText()).toBe('{"text":"poison"}');
    expect(taken).toBe(2);
  });

  it('rests in a queue made anew when the resting queue was deleted meanwhile', async () => {
    const gate = door();
    let taken = 0;
    await office.service('documents', {
      'desk.work': async () => {
        taken += 1;
        await gate.passed;
        if (taken < 3) throw new AppError('UNAVAILABLE', 'not yet');
      },
    });
    await office.bus().enqueue('desk.work', { text: 'again' });
    await eventually(() => expect(taken).toBe(1));
    await (await office.channel()).deleteQueue(queues.retry('documents', 50));
    gate.open();
    await eventually(() => expect(taken).toBe(3));
    await eventually(async () => expect(await office.waitingIn(queues.job('documents', 'desk.work'))).toBe(0));
  });

  it('is a reply that is no JSON: its caller learns so at once, and the others in hand stay', async () => {
    const gate = door();
    let asked = 0;
    await office.service('documents', {
      'desk.ask': ({ text }) => {
        asked += 1;
        return text === 'count' ? { count: 1n } : gate.passed.then(() => 'answered');
      },
    });
    const bus = office.bus();
    const other = bus.request('desk.ask', { text: 'other' });
    await eventually(() => expect(asked).toBe(1));
    await expect(bus.request('desk.ask', { text: 'count' })).rejects.toMatchObject({ code: 'MESSAGE_INVALID' });
    gate.open();
    await expect(other).resolves.toBe('answered');
    expect(asked).toBe(2);
  });

  it('is a body beyond what a broker takes: neither a request nor a reply of that size leaves', async () => {
    const text = randomBytes(16 * MIB).toString('hex');
    await office.service('documents', { 'desk.ask': ({ text: size }) => (size === 'large' ? text : 'small') });
    const bus = office.bus();
    await expect(bus.request('desk.ask', { text })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    const large = bus.request('desk.ask', { text: 'large' }, { timeoutMs: 60_000 });
    await expect(large).rejects.toMatchObject({ code: 'MESSAGE_INVALID' });
    await expect(bus.request('desk.ask', { text: 'next' })).resolves.toBe('small');
  });
});
