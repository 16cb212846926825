import { AppError } from '@account-backups/contracts';
import { eventually } from '../../support/eventually.js';
import { openOffice, type Office } from './harness.js';

describe('a fact or job whose handler fails', () => {
  let office: Office;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ office, close } = await openOffice());
  });
  afterEach(() => office.tidy());
  afterAll(() => close());

  const untilParked = () =>
    eventually(async () => {
      const found = await office.parked('documents');
      expect(found).not.toBeNull();
      return found;
    });

  it('comes back after each rest, longer every time, and is handled when the fault is gone', async () => {
    const at: number[] = [];
    await office.service('documents', {
      'desk.told': () => {
        at.push(Date.now());
        if (at.length < 3) throw new AppError('INTERNAL', 'not yet');
      },
    });
    await office.bus().publish('desk.told', { text: 'again' });
    await eventually(() => expect(at).toHaveLength(3));
    const [first = 0, second = 0, third = 0] = at;
    expect(second - first).toBeGreaterThanOrEqual(50);
    expect(third - second).toBeGreaterThanOrEqual(150);
    expect(await office.parked('documents')).toBeNull();
  });

  it('waits for as long as a part is away, and has all its tries after that', async () => {
    let tries = 0;
    await office.service('documents', {
      'desk.work': () => {
        tries += 1;
        if (tries <= 6) throw new AppError('UNAVAILABLE', 'the database is away');
        throw new AppError('INTERNAL', 'it cannot be read');
      },
    });
    await office.bus().enqueue('desk.work', { text: 'patient' });
    const parked = await untilParked();
    expect([tries, parked?.headers['x-attempts'], parked?.headers['x-error-code']]).toEqual([9, 9, 'INTERNAL']);
  });

  it('is parked with its name, its reason and its payload after the last try', async () => {
    let tries = 0;
    await office.service('documents', {
      'desk.work': () => {
        tries += 1;
        throw new AppError('INTERNAL', 'it cannot be read');
      },
    });
    await office.bus().enqueue('desk.work', { text: 'poison' });
    const parked = await untilParked();
    expect(tries).toBe(3);
    expect(parked).toMatchObject({
      text: '{"text":"poison"}',
      headers: {
        'x-message': 'desk.work',
        'x-error-code': 'INTERNAL',
        'x-error': 'it cannot be read',
        'x-failed-at': expect.any(String),
      },
    });
  });

  it('is parked again when the broker had parked it for killing its service and it was put back', async () => {
    let tries = 0;
    await office.service('documents', {
      'desk.work': () => {
        tries += 1;
        throw new AppError('INTERNAL', 'it cannot be read');
      },
    });
    const death = { queue: 'documents.desk.work', reason: 'delivery_limit', exchange: 'jobs', count: 1 };
    const headers = { 'x-message': 'desk.work', 'x-death': [{ ...death, 'routing-keys': ['desk.work'] }] };
    const channel = await office.channel();
    channel.sendToQueue('documents.desk.work', Buffer.from('{"text":"poison"}'), { headers, persistent: true });
    await eventually(async () => expect(await office.parked('documents')).not.toBeNull());
    expect(tries).toBe(3);
  });

  it('is parked at once when trying again cannot help', async () => {
    let tries = 0;
    await office.service('documents', {
      'desk.work': () => {
        tries += 1;
        throw new AppError('SOURCE_UNUSABLE', 'the file is no file');
      },
    });
    await office.bus().enqueue('desk.work', { text: 'poison' });
    await eventually(async () => expect(await office.parked('documents')).not.toBeNull());
    expect(tries).toBe(1);
  });

  it('tells the keeper of the parked what a foreign error said', async () => {
    await office.service(
      'documents',
      {
        'desk.work': () => {
          throw new TypeError('cannot read x of undefined');
        },
      },
      { retryDelaysMs: [] },
    );
    await office.bus().enqueue('desk.work', { text: 'poison' });
    const parked = await untilParked();
    expect(parked?.headers).toMatchObject({
      'x-error-code': 'INTERNAL',
      'x-error': 'the handler failed: cannot read x of undefined',
    });
  });

  it('stalls nobody: a good message passes twenty poisonous ones', async () => {
    const done: string[] = [];
    await office.service(
      'documents',
      {
        'desk.told': ({ text }) => {
          if (text === 'poison') throw new AppError('INTERNAL', 'never');
          done.push(text);
        },
      },
      { retryDelaysMs: [20_000] },
    );
    const bus = office.bus();
    await Promise.all(Array.from({ length: 20 }, () => bus.publish('desk.told', { text: 'poison' })));
    await bus.publish('desk.told', { text: 'good' });
    await eventually(() => expect(done).toEqual(['good']), { deadlineMs: 5_000 });
    await (await office.channel()).deleteQueue('documents.retry.20000');
  });

  it('is the affair of its service: the other one has its own copy', async () => {
    const seen: string[] = [];
    await office.service('documents', {
      'desk.told': () => {
        throw new AppError('SOURCE_UNUSABLE', 'not here');
      },
    });
    await office.service('permissions', { 'desk.told': ({ text }) => seen.push(text) });
    await office.bus().publish('desk.told', { text: 'mixed' });
    await eventually(async () => expect(await office.parked('documents')).not.toBeNull());
    await eventually(() => expect(seen).toEqual(['mixed']));
    expect(await office.parked('permissions')).toBeNull();
  });

  it('that no list knows, or whose payload is not what the list says, is parked and not handled', async () => {
    const seen: string[] = [];
    await office.service('documents', { 'desk.work': ({ text }) => seen.push(text) });
    const channel = await office.channel();
    channel.publish('jobs', 'desk.work', Buffer.from('{"text":7}'));
    const wrong = await untilParked();
    channel.sendToQueue('documents.desk.work', Buffer.from('{"text":"x"}'));
    const unknown = await untilParked();
    expect([wrong?.headers['x-error-code'], unknown?.headers['x-error-code']]).toEqual([
      'MESSAGE_INVALID',
      'MESSAGE_UNHANDLED',
    ]);
    expect(seen).toEqual([]);
  });
});
