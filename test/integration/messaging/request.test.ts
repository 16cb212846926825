import { AppError } from '@account-backups/contracts';
import { Bus, refuseIfLate, sharedTime } from '@account-backups/messaging';
import type { ConsumeMessage } from 'amqplib';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { door, list, openOffice, type Office, type TestBus } from './harness.js';

describe('a request', () => {
  let office: Office;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ office, close } = await openOffice());
  });
  afterEach(() => office.tidy());
  afterAll(() => close());

  it('gets the reply of its handler, each its own', async () => {
    await office.service('documents', { 'desk.ask': ({ text }) => ({ heard: text }) });
    const bus = office.bus();
    const replies = await Promise.all(['a', 'b', 'c'].map((text) => bus.request('desk.ask', { text })));
    expect(replies).toEqual([{ heard: 'a' }, { heard: 'b' }, { heard: 'c' }]);
  });

  it('gets the code, the message, the details and the faults of an error', async () => {
    await office.service('documents', {
      'desk.ask': () => {
        throw new AppError('FACILITY_NOT_PERMITTED', 'facility f1 may not be backed up', {
          details: { facilityId: 'f1' },
          errors: [{ path: 'facilityIds[0]', message: 'not permitted' }],
          cause: new Error('select * from secrets'),
        });
      },
    });
    const error = await office
      .bus()
      .request('desk.ask', { text: 'x' })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).toBody()).toEqual({
      code: 'FACILITY_NOT_PERMITTED',
      message: 'facility f1 may not be backed up',
      details: { facilityId: 'f1' },
      errors: [{ path: 'facilityIds[0]', message: 'not permitted' }],
    });
  });

  it('learns nothing of what a foreign error says', async () => {
    await office.service('documents', {
      'desk.ask': () => {
        throw new Error('password authentication failed for "documents"');
      },
    });
    const error = await office
      .bus()
      .request('desk.ask', { text: 'x' })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'INTERNAL' });
    expect(JSON.stringify(error) + String(error)).not.toContain('authentication');
  });

  it('with a wrong payload does not leave', async () => {
    let asked = 0;
    await office.service('documents', { 'desk.ask': () => (asked += 1) });
    const refused = office.bus().request('desk.ask', { text: 7 });
    await expect(refused).rejects.toMatchObject({ code: 'MESSAGE_INVALID', errors: [{ path: 'text' }] });
    expect(asked).toBe(0);
  });

  it('with a wrong payload that came all the same is refused by the other side', async () => {
    let asked = 0;
    await office.service('documents', { 'desk.ask': () => (asked += 1) });
    const channel = await office.channel();
    const answer = new Promise<string>((resolve) => {
      void channel.consume('amq.rabbitmq.reply-to', (message) => resolve(String(message?.content)), { noAck: true });
    });
    channel.publish('requests', 'desk.ask', Buffer.from('not json'), { replyTo: 'amq.rabbitmq.reply-to' });
    expect(JSON.parse(await answer)).toMatchObject({ error: { code: 'MESSAGE_INVALID' } });
    expect(asked).toBe(0);
  });

  it('of a later version is answered, without what it added', async () => {
    const later = { ...list['desk.ask'], payload: z.looseObject({ text: z.string() }) };
    const newer = new Bus({ url: office.url, name: 'newer', messages: { ...list, 'desk.ask': later } });
    await office.service('documents', { 'desk.ask': (payload) => payload });
    const asked = (newer as unknown as TestBus).request('desk.ask', { text: 'x', colour: 'red' });
    await expect(asked).resolves.toEqual({ text: 'x' });
    await newer.close();
  });

  it('under the name of a fact is refused', async () => {
    await expect(office.bus().request('desk.told', { text: 'x' })).rejects.toMatchObject({ code: 'MESSAGE_INVALID' });
  });

  it('to a service that is nowhere is unroutable', async () => {
    const asked = office.bus().request('desk.lonely', { text: 'x' });
    await expect(asked).rejects.toMatchObject({ code: 'MESSAGE_UNROUTABLE' });
  });

  it('to a service that has gone is unroutable, long before its time-out, and answered once it is back', async () => {
    const service = await office.service('documents', { 'desk.ask': () => 'first' });
    const bus = office.bus();
    await expect(bus.request('desk.ask', { text: 'x' })).resolves.toBe('first');
    await service.close();
    const before = performance.now();
    const asked = bus.request('desk.ask', { text: 'x' }, { timeoutMs: 30_000 });
    await expect(asked).rejects.toMatchObject({ code: 'MESSAGE_UNROUTABLE' });
    await office.service('documents', { 'desk.ask': () => 'second' });
    await expect(bus.request('desk.ask', { text: 'y' })).resolves.toBe('second');
    expect(performance.now() - before).toBeLessThan(15_000);
  });

  it('to a service that is started again is answered, as if it had never gone', async () => {
    const service = await office.service('documents', { 'desk.ask': () => 'first' });
    const bus = office.bus();
    await expect(bus.request('desk.ask', { text: 'x' })).resolves.toBe('first');
    await service.close();
    const asked = bus.request('desk.ask', { text: 'x' });
    await office.service('documents', { 'desk.ask': () => 'second' });
    await expect(asked).resolves.toBe('second');
  });

  it('whose service goes with it in hand is given up, long before its time-out', async () => {
    const gate = door();
    const taken = door();
    const handlers = {
      'desk.ask': () => {
        taken.open();
        return gate.passed;
      },
    };
    const service = await office.service('documents', handlers, { drainTimeoutMs: 1 });
    const asked = office.bus().request('desk.ask', { text: 'x' }, { timeoutMs: 60_000 });
    asked.catch(() => undefined);
    await taken.passed;
    await service.close();
    await expect(asked).rejects.toMatchObject({ code: 'MESSAGE_UNROUTABLE' });
    gate.open();
  });

  const never = () => new Promise<void>(() => undefined);

  it('whose service gives no pulse is given up, long before its time-out', async () => {
    await office.service('documents', { 'desk.ask': never }, { pulse: never, drainTimeoutMs: 1 });
    const bus = office.bus();
    const asked = performance.now();
    const answer = bus.request('desk.ask', { text: 'x' }, { timeoutMs: 60_000 });
    await expect(answer).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT', message: expect.stringContaining('life') });
    expect(performance.now() - asked).toBeLessThan(10_000);
  });

  it('is answered when the service takes long, and another of its processes gives no pulse', async () => {
    await office.service('documents', { 'desk.ask': ({ text }) => sleep(2_500, text) }, { drainTimeoutMs: 1 });
    await office.service('documents', { 'desk.ask': ({ text }) => sleep(2_500, text) }, { pulse: never });
    await expect(office.bus().request('desk.ask', { text: 'x' })).resolves.toBe('x');
  });

  it('that is not answered in time says so, and a late answer harms nobody', async () => {
    const gate = door();
    await office.service('documents', { 'desk.ask': ({ text }) => (text === 'slow' ? gate.passed : 'quick') });
    const bus = office.bus();
    const slow = bus.request('desk.ask', { text: 'slow' }, { timeoutMs: 200 });
    await expect(slow).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' });
    gate.open();
    await expect(bus.request('desk.ask', { text: 'next' })).resolves.toBe('quick');
  });

  describe('whose sender no longer waits', () => {
    // Several processes' time, told by a database in a service.
    beforeAll(() => sharedTime.learn(Date.now(), performance.now()));

    /** The reply to a question that its sender awaits until `fromNowMs`. */
    async function answered(fromNowMs: number): Promise<unknown> {
      const channel = await office.channel();
      const { queue } = await channel.assertQueue('', { exclusive: true });
      const headers = { 'x-deadline': Date.now() + fromNowMs };
      channel.publish('requests', 'desk.ask', Buffer.from('{"text":"x"}'), { replyTo: queue, headers });
      return eventually(async () => {
        const message = await channel.get(queue, { noAck: true });
        if (!message) throw new Error('no reply yet');
        return JSON.parse(message.content.toString());
      });
    }

    it('is not handled', async () => {
      const heard: string[] = [];
      await office.service('documents', { 'desk.ask': ({ text }) => heard.push(text) });
      expect(await answered(-1_000)).toMatchObject({ error: { code: 'REQUEST_TIMED_OUT' } });
      expect(heard).toEqual([]);
      expect(await answered(60_000)).toEqual({ reply: 1 });
    });

    it('is asked about before a write, and gives what it asks others no longer', async () => {
      const [asked, late] = [door(), door()];
      const bus = office.bus();
      const questions: Promise<unknown>[] = [];
      await office.service('documents', {
        'desk.ask': async () => {
          const lonely = bus.request('desk.lonely', { text: 'x' });
          questions.push(lonely.catch((error: unknown) => error));
          asked.open();
          await late.passed;
          refuseIfLate();
        },
      });
      const lonely = await office.service('scheduler', { 'desk.lonely': never }, { drainTimeoutMs: 1 });
      const reply = answered(1_000);
      await asked.passed;
      // Its own time-out is five seconds.
      expect(await questions[0]).toMatchObject({ code: 'REQUEST_TIMED_OUT' });
      late.open();
      expect(await reply).toMatchObject({ error: { code: 'REQUEST_TIMED_OUT' } });
      await lonely.close();
    });

    it('says until when it does, and a reply what time it is', async () => {
      const channel = await office.channel();
      await office.service('documents', {}).then((strategy) => strategy.close());
      const taken = new Promise<ConsumeMessage>((resolve) => {
        void channel.consume('documents.requests.v2', (found) => found && resolve(found), { noAck: true });
      });
      const before = Date.now();
      office
        .bus()
        .request('desk.ask', { text: 'x' }, { timeoutMs: 500 })
        .catch(() => undefined);
      const { headers } = (await taken).properties;
      expect(Math.abs(headers?.['x-deadline'] - before - 500)).toBeLessThan(5_000);
    });
  });

  it('says that the broker is away when nothing listens', async () => {
    const bus = office.bus({ url: `amqp://127.0.0.1:${await freePort()}`, publishTimeoutMs: 300 });
    await expect(bus.request('desk.ask', { text: 'x' })).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    expect(bus.state()).toMatchObject({ up: false, problem: expect.stringContaining('ECONNREFUSED') });
  });

  it('keeps to its time-out while it waits for a connection, and leaves no error unheard', async () => {
    // Jest fails a test in which a rejection goes unheard, and keeps it from listeners of the test's own.
    const bus = office.bus({ url: `amqp://127.0.0.1:${await freePort()}`, publishTimeoutMs: 600 });
    const asked = bus.request('desk.ask', { text: 'x' }, { timeoutMs: 100 });
    await expect(asked).rejects.toMatchObject({ code: 'REQUEST_TIMED_OUT' });
    await expect(bus.connect()).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
  });
});
