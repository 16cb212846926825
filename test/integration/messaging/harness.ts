// A small world of messages on a vhost of its own: services with handlers, buses that send, and a view of the broker.
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageDefinition, ServiceName } from '@account-backups/contracts';
import { Bus, BusStrategy, queues, type BusStrategyOptions } from '@account-backups/messaging';
import type { MessageHandler } from '@nestjs/microservices';
import type { Channel, ChannelModel } from 'amqplib';
import { z } from 'zod';
import { listening } from '../../support/played-service.js';
import { control, freshVhost } from '../../support/real-parts.js';

// amqplib belongs to the messaging library; here it looks at what the broker holds
const { connect } = createRequire(import.meta.url)('amqplib') as typeof import('amqplib');

const note = z.strictObject({ text: z.string() });
const about = 'A message of these tests.';

export const list = {
  'desk.ask': { kind: 'request', about, owner: 'documents', payload: note, reply: z.unknown(), timeoutMs: 5_000 },
  'desk.lonely': { kind: 'request', about, owner: 'scheduler', payload: note, reply: z.unknown(), timeoutMs: 5_000 },
  'desk.told': { kind: 'fact', about, owner: 'backups', handledBy: ['documents', 'permissions'], payload: note },
  'desk.work': { kind: 'job', about, owner: 'documents', concurrency: 2, payload: note },
  'desk.hint': { kind: 'signal', about, owner: 'backups', handledBy: ['documents'], payload: note },
} as const satisfies Record<string, MessageDefinition>;

export type Name = keyof typeof list;
export type Handler = (payload: { readonly text: string }) => unknown;
export type Handlers = Partial<Record<Name, Handler>>;

/** The typed bus knows only the product's messages; this one knows those of the tests. */
export interface TestBus extends Pick<Bus, 'state' | 'connect' | 'close'> {
  request(name: Name, payload: unknown, options?: { readonly timeoutMs?: number }): Promise<unknown>;
  publish(name: Name, payload: unknown): Promise<void>;
  enqueue(name: Name, payload: unknown): Promise<void>;
  signal(name: Name, payload: unknown): Promise<void>;
}

export class Office {
  private readonly open: { close(): Promise<void> }[] = [];
  private raw: ChannelModel | undefined;

  constructor(readonly url: string) {}

  bus(options: { readonly url?: string; readonly publishTimeoutMs?: number } = {}): TestBus {
    const bus = new Bus({ url: this.url, name: 'tests', messages: list, ...options });
    this.open.push(bus);
    return bus as unknown as TestBus;
  }

  /** A running service; handlers that are not named do nothing. */
  async service(
    service: ServiceName,
    handlers: Handlers,
    options: Partial<BusStrategyOptions> = {},
  ): Promise<BusStrategy> {
    const strategy = this.strategy(service, handlers, options);
    await listening(strategy);
    return strategy;
  }

  /** As `service`, not started. */
  strategy(service: ServiceName, handlers: Handlers, options: Partial<BusStrategyOptions> = {}): BusStrategy {
    const strategy = new BusStrategy({ url: this.url, service, messages: list, retryDelaysMs: [50, 150], ...options });
    for (const name of namesOf(service)) {
      const handle: Handler = handlers[name] ?? (() => undefined);
      const handler = async (payload: { text: string }) => handle(payload);
      strategy.addHandler(name, handler as unknown as MessageHandler, list[name].kind !== 'request');
    }
    this.open.push(strategy);
    return strategy;
  }

  /** A channel of the tests' own, to look at queues and to break them. */
  async channel(): Promise<Channel> {
    if (!this.raw) {
      const raw = await connect(this.url);
      raw.on('error', () => undefined);
      // RabbitMQ closes the connection of a client that asks about a queue while it is recreated; the next try opens
      // another.
      raw.on('close', () => {
        if (this.raw === raw) this.raw = undefined;
      });
      this.raw = raw;
    }
    const channel = await this.raw.createChannel();
    channel.on('error', () => undefined);
    return channel;
  }

  /** Takes the next parked message of a service, or null. */
  async parked(service: ServiceName): Promise<{ text: string; headers: Record<string, unknown> } | null> {
    const channel = await this.channel();
    const message = await channel.get(queues.dead(service), { noAck: true });
    await channel.close();
    if (!message) return null;
    return { text: message.content.toString(), headers: message.properties.headers ?? {} };
  }

  /** How many messages wait in a queue, not counting those in hand. */
  async waitingIn(queue: string): Promise<number> {
    const channel = await this.channel();
    const { messageCount } = await channel.checkQueue(queue);
    await channel.close();
    return messageCount;
  }

  /** The broker ends every connection of this vhost. */
  async cutConnections(): Promise<void> {
    this.raw = undefined;
    await control('close_all_connections', '-p', new URL(this.url).pathname.slice(1), 'cut by a test');
  }

  /** Closes what a test started and forgets the queues, for the next test. */
  async tidy(): Promise<void> {
    await Promise.all(this.open.splice(0).map((part) => part.close()));
    const channel = await this.channel();
    const kept = ['documents', 'permissions'].flatMap((service) =>
      ['requests', 'facts', 'desk.work', 'dead', 'retry.50', 'retry.150'].map((queue) => `${service}.${queue}`),
    );
    for (const queue of kept) await channel.deleteQueue(queue);
    await this.raw?.close();
    this.raw = undefined;
  }
}

/** An office on a vhost of this file's own. */
export async function openOffice(): Promise<{ readonly office: Office; close(): Promise<void> }> {
  const vhost = await freshVhost();
  return { office: new Office(vhost.url), close: () => vhost.drop() };
}

/** A door that stays shut until `open()`; handlers wait behind it. */
export function door(): { readonly passed: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

/** For claims that something does not happen: there is no condition to wait for. */
export const aWhile = (ms: number): Promise<void> => sleep(ms);

function namesOf(service: ServiceName): Name[] {
  return (Object.keys(list) as Name[]).filter((name) => {
    const definition: MessageDefinition = list[name];
    return 'handledBy' in definition ? definition.handledBy.includes(service) : definition.owner === service;
  });
}
