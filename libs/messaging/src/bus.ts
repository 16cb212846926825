import { randomUUID } from 'node:crypto';
import {
  AppError,
  faultsOf,
  messages,
  type FactName,
  type JobName,
  type MessageDefinition,
  type PayloadInput,
  type Reply,
  type RequestName,
  type SignalName,
} from '@account-backups/contracts';
import { Logger } from '@nestjs/common';
import type { ConfirmChannel, ConsumeMessage, Options } from 'amqplib';
import { assertExchanges } from './assert-topology.js';
import { decodeBody, encodeBody } from './body.js';
import { ChannelHost, type BusState } from './channel-host.js';
import { ConfirmedPublisher } from './confirmed-publisher.js';
import { exchanges, type MessageList } from './topology.js';
import { outgoingTraceparent } from './trace.js';

export interface BusOptions {
  readonly url: string;
  /** Who sends: the service's or the command's name. */
  readonly name: string;
  readonly messages?: MessageList;
  /** Bound on waiting for a connection and for the broker's confirm. */
  readonly publishTimeoutMs?: number;
}

/** Body of an answer: one of the two. */
export interface ReplyBody {
  readonly reply?: unknown;
  readonly error?: unknown;
}

interface Waiting {
  resolve(reply: unknown): void;
  reject(error: AppError): void;
}

const REPLY_TO = 'amq.rabbitmq.reply-to';
const PUBLISH_TIMEOUT_MS = 5_000;

/** Sends messages of the one list. Payloads are checked before they leave (`MESSAGE_INVALID`). */
export class Bus {
  private readonly logger = new Logger('Bus');
  private readonly list: MessageList;
  private readonly publishTimeoutMs: number;
  private readonly host: ChannelHost;
  private publisher: ConfirmedPublisher | undefined;
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly options: BusOptions) {
    this.list = options.messages ?? messages;
    this.publishTimeoutMs = options.publishTimeoutMs ?? PUBLISH_TIMEOUT_MS;
    this.host = new ChannelHost({
      url: options.url,
      name: `${options.name} sends`,
      setup: (channel) => this.setUp(channel),
      onDown: () => this.failWaiting(),
    });
  }

  /**
   * Asks the one handler and gives its reply. Throws the handler's `AppError`, or `MESSAGE_UNROUTABLE` when no such
   * service is there, `REQUEST_TIMED_OUT`, `BROKER_UNAVAILABLE`. After the last two it may still have been handled.
   */
  async request<N extends RequestName>(
    name: N,
    payload: PayloadInput<N>,
    options: { readonly timeoutMs?: number } = {},
  ): Promise<Reply<N>> {
    const definition = this.definitionOf(name, 'request');
    const timeoutMs = options.timeoutMs ?? (definition.kind === 'request' ? definition.timeoutMs : 0);
    const correlationId = randomUUID();
    const answered = this.answerTo(correlationId, name, timeoutMs);
    const expiration = String(timeoutMs);
    // Not awaited: the time-out bounds the sending too, and whatever comes first decides.
    this.send(name, definition, payload, { persistent: false, replyTo: REPLY_TO, correlationId, expiration }).catch(
      (error: unknown) => this.waiting.get(correlationId)?.reject(asAppError(error)),
    );
    return (await answered) as Reply<N>;
  }

  /** Announces a fact; resolves when the broker holds a copy for every service that handles it. */
  async publish<N extends FactName>(name: N, payload: PayloadInput<N>): Promise<void> {
    await this.send(name, this.definitionOf(name, 'fact'), payload, { persistent: true });
  }

  /** Queues a job for one of many workers; resolves when the broker holds it. */
  async enqueue<N extends JobName>(name: N, payload: PayloadInput<N>): Promise<void> {
    await this.send(name, this.definitionOf(name, 'job'), payload, { persistent: true });
  }

  /** Hints to every running process that handles it. Nothing depends on a hint, so none is ever an error. */
  async signal<N extends SignalName>(name: N, payload: PayloadInput<N>): Promise<void> {
    try {
      await this.send(name, this.definitionOf(name, 'signal'), payload, { persistent: false });
    } catch (error) {
      if (AppError.is(error, 'MESSAGE_UNROUTABLE')) return;
      this.logger.warn({ event: 'signal.lost', message: name, error });
    }
  }

  state(): BusState {
    return this.host.state();
  }

  /** Connects if need be; throws `BROKER_UNAVAILABLE` when that takes longer than a publish may. */
  async connect(): Promise<void> {
    await this.host.ready(this.publishTimeoutMs);
  }

  async close(): Promise<void> {
    await this.host.close();
    this.failWaiting();
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  private async setUp(channel: ConfirmChannel): Promise<void> {
    await assertExchanges(channel);
    await channel.consume(REPLY_TO, (message) => message && void this.receive(message), { noAck: true });
    this.publisher = new ConfirmedPublisher(channel);
  }

  private definitionOf(name: string, kind: MessageDefinition['kind']): MessageDefinition {
    const definition = this.list[name];
    if (definition?.kind === kind) return definition;
    throw new AppError('MESSAGE_INVALID', `${name} is not a ${kind} of the list of messages`);
  }

  private async send(
    name: string,
    definition: MessageDefinition,
    payload: unknown,
    options: Options.Publish,
  ): Promise<void> {
    const checked = definition.payload.safeParse(payload);
    if (!checked.success) {
      throw new AppError('MESSAGE_INVALID', `${name}: the payload is not what the list says`, {
        errors: faultsOf(checked.error),
      });
    }
    const body = await encodeBody(checked.data);
    await this.host.ready(this.publishTimeoutMs);
    if (!this.publisher) throw new AppError('BROKER_UNAVAILABLE', 'the message broker is not connected');
    const properties = {
      contentType: 'application/json',
      ...(body.contentEncoding && { contentEncoding: body.contentEncoding }),
      timestamp: Math.floor(Date.now() / 1_000),
      appId: this.options.name,
      messageId: randomUUID(),
      headers: { traceparent: outgoingTraceparent() },
      ...options,
    };
    const outgoing = {
      exchange: exchanges[definition.kind],
      routingKey: name,
      content: body.content,
      options: properties,
    };
    await this.publisher.publish(outgoing, this.publishTimeoutMs);
  }

  private answerTo(correlationId: string, name: string, timeoutMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(correlationId);
        act();
      };
      const late = new AppError('REQUEST_TIMED_OUT', `${name} was not answered within ${timeoutMs} ms`);
      const timer = setTimeout(() => settle(() => reject(late)), timeoutMs);
      this.waiting.set(correlationId, {
        resolve: (reply) => settle(() => resolve(reply)),
        reject: (error) => settle(() => reject(error)),
      });
    });
  }

  private async receive({ content, properties }: ConsumeMessage): Promise<void> {
    // None waits for an answer that comes after its time.
    const waiting = this.waiting.get(String(properties.correlationId));
    if (!waiting) return;
    try {
      const body = (await decodeBody(content, properties.contentEncoding)) as ReplyBody;
      if (body.error === undefined) return waiting.resolve(body.reply);
      return waiting.reject(AppError.fromBody(body.error));
    } catch (error) {
      return waiting.reject(asAppError(error));
    }
  }

  private failWaiting(): void {
    this.publisher = undefined;
    const error = new AppError(
      'BROKER_UNAVAILABLE',
      'the connection to the message broker was lost; no answer will come',
    );
    for (const waiting of Array.from(this.waiting.values())) waiting.reject(error);
  }
}

function asAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError('INTERNAL', 'a message could not be sent or read', { cause });
}

/** A bus outside a service, for commands and tools. It connects at the first message; `close()` it. */
export function connectBus(options: BusOptions): Bus {
  return new Bus(options);
}
