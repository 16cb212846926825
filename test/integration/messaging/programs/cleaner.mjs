// A service with one job, on Nest like all services: says when it takes it, finishes after SIGTERM, publishes, says so.
import 'reflect-metadata';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { messages } from '@account-backups/contracts';
import { Bus, BusModule, BusStrategy, OnJob } from '@account-backups/messaging';
import { Controller, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

const WORK_AFTER_SIGNAL_MS = 500;
const { RABBITMQ_URL: url, DRAIN_MS: drainMs } = process.env;
const service = 'zip-builder';

class Cleaner {
  constructor(bus) {
    this.bus = bus;
  }

  async clean(payload) {
    console.log('taken');
    await once(process, 'SIGTERM');
    await sleep(WORK_AFTER_SIGNAL_MS);
    await this.bus.publish('archive.deleted', payload);
    console.log('done');
  }
}
Controller()(Cleaner);
Inject(Bus)(Cleaner, undefined, 0);
OnJob('archives.delete')(Cleaner.prototype, 'clean', Object.getOwnPropertyDescriptor(Cleaner.prototype, 'clean'));

class Cleaning {}
Module({ imports: [BusModule.forService({ url, service })], controllers: [Cleaner] })(Cleaning);

const strategy = new BusStrategy({
  url,
  service,
  messages: { 'archives.delete': messages['archives.delete'] },
  ...(drainMs && { drainTimeoutMs: Number(drainMs) }),
});
const app = await NestFactory.createMicroservice(Cleaning, { strategy, logger: false });
// Before it listens: the first job may come, and the signal after it, before that is over.
app.enableShutdownHooks(['SIGTERM']);
await app.listen();
