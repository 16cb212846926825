// The library as the services use it: decorated methods of a Nest application.
import 'reflect-metadata';
import { AppError, type Payload, type Reply } from '@account-backups/contracts';
import { Bus, BusStrategy, OnFact, OnRequest, type BusStrategyOptions } from '@account-backups/messaging';
import { ErrorFilter } from '@account-backups/service-kit';
import { Controller, Module, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { messages } from '@account-backups/contracts';
import { freshVhost, type TestVhost } from '../../support/real-parts.js';
import { eventually } from '../../support/eventually.js';

const { 'scheduler.get-next-scan': getNextScan, 'scheduler.tick-now': tickNow, 'schedule.ticked': ticked } = messages;
const tick = { tickId: '5f0f6a3e-0c9b-4a39-8f6e-1c2f2a0b7d11', kind: 'scan' as const, at: '2026-01-01T00:00:00.000Z' };
const ticksSeen: string[] = [];

@Controller()
class Clockwork {
  @OnRequest('scheduler.get-next-scan')
  async next(): Promise<Reply<'scheduler.get-next-scan'>> {
    return { nextScanAt: tick.at };
  }

  @OnRequest('scheduler.tick-now')
  async tick(): Promise<Reply<'scheduler.tick-now'>> {
    throw new AppError('UNAVAILABLE', 'the clock is being wound');
  }
}

@Controller()
class Again extends Clockwork {}

@Controller()
class Watcher {
  @OnFact('schedule.ticked')
  async look({ tickId }: Payload<'schedule.ticked'>): Promise<void> {
    ticksSeen.push(tickId);
    if (ticksSeen.length < 2) throw new Error('foreign');
  }
}

@Module({ controllers: [Clockwork] })
class Scheduler {}

@Module({ controllers: [Clockwork, Again] })
class Doubled {}

@Module({ controllers: [] })
class Empty {}

@Module({ controllers: [Watcher] })
class Watching {}

describe('a Nest application on the bus', () => {
  let vhost: TestVhost;
  let bus: Bus;
  const apps: INestMicroservice[] = [];

  beforeAll(async () => {
    vhost = await freshVhost();
    bus = new Bus({ url: vhost.url, name: 'tests' });
  });

  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await bus.close();
    await vhost.drop();
  });

  async function start(module: Type, options: Partial<BusStrategyOptions>): Promise<void> {
    const strategy = new BusStrategy({ url: vhost.url, service: 'scheduler', retryDelaysMs: [50], ...options });
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(module, { strategy, logger: false });
    app.useGlobalFilters(new ErrorFilter());
    apps.push(app);
    await app.listen();
  }

  it('answers through its decorated methods, errors with their codes', async () => {
    await start(Scheduler, { messages: { 'scheduler.get-next-scan': getNextScan, 'scheduler.tick-now': tickNow } });
    await expect(bus.request('scheduler.get-next-scan', {})).resolves.toEqual({ nextScanAt: tick.at });
    await expect(bus.request('scheduler.tick-now', {})).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'the clock is being wound',
    });
  });

  it('takes a fact again whose method failed', async () => {
    await start(Watching, { service: 'backups', messages: { 'schedule.ticked': ticked } });
    await bus.publish('schedule.ticked', tick);
    await eventually(() => expect(ticksSeen).toEqual([tick.tickId, tick.tickId]));
  });

  it('does not start without a handler that the list asks of it', async () => {
    const started = start(Empty, { messages: { 'scheduler.tick-now': tickNow } });
    await expect(started).rejects.toThrow('scheduler: scheduler.tick-now has no handler');
  });

  it('does not start with a second handler, or one of another service', async () => {
    const started = start(Doubled, { messages: { 'scheduler.tick-now': tickNow } });
    await expect(started).rejects.toThrow(
      'scheduler: scheduler.get-next-scan is not for this service; scheduler.get-next-scan has two handlers; ' +
        'scheduler.tick-now has two handlers',
    );
  });
});
