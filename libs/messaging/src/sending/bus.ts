import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AppError,
  messages,
  type FactName,
  type JobName,
  type MessageDefinition,
  type PayloadInput,
  type Reply,
  type RequestDefinition,
  type RequestName,
  type ServiceName,
  type SignalName,
} from '@account-backups/contracts';
import { Logger } from '@nestjs/common';
import type { ChannelModel, ConfirmChannel, Options } from 'amqplib';
import { assertExchanges } from '../broker/assert-topology.js';
import { encodeBody } from '../envelope/body.js';
import { ChannelHost, type BusState } from '../broker/channel-host.js';
import { ConfirmedPublisher } from '../broker/confirmed-publisher.js';
import { sentPayload } from '../envelope/payload.js';
import { PendingAnswers } from './pending-answers.js';
import { deadlineIn, refuseIfLate, remainingMs } from '../time/deadline.js';
import { outgoingOf, type Sending } from '../envelope/outgoing.js';
import { ServicePulse } from './service-pulse.js';
import { ServiceWatch } from './service-watch.js';
import { PULSES, PULSE_TIMEOUT_MS, type MessageList } from '../broker/topology.js';

interface BusOptions {
  readonly url: string;
  /** Who sends: the service's or the command's name. */
  readonly name: string;
  readonly messages?: MessageList;
  /** How long to wait for a connection, and then for the broker's confirm. */
  readonly publishTimeoutMs?: number;
}

const REPLY_TO = 'amq.rabbitmq.reply-to';
const PUBLISH_TIMEOUT_MS = 5_000;
/** While an answer is awaited. */
const LOOK_AGAIN_MS = 500;
/** How long a service may show no sign of life while an answer is awaited; longer where the work may hold it up. */
const STILL_MS = 1_000;
/** How long a question waits for a connection to the broker, and for the broker to take it. */
const ASK_BROKER_MS = 1_500;

/**
 * Sends messages of the one list. Payloads are checked before they leave (`MESSAGE_INVALID`). It connects at the first
 * message; who makes one outside a service closes it.
 */
export class Bus {
  private readonly logger = new Logger('Bus');
  private readonly list: MessageList;
  private readonly publishTimeoutMs: number;
  private readonly host: ChannelHost;
  private publisher: ConfirmedPublisher | undefined;
  private watch: ServiceWatch | undefined;
  private readonly pulse = new ServicePulse((service) => this.askPulse(service));
  private readonly pending = new PendingAnswers();

  constructor(private readonly options: BusOptions) {
    this.list = options.messages ?? messages;
    this.publishTimeoutMs = options.publishTimeoutMs ?? PUBLISH_TIMEOUT_MS;
    this.host = new ChannelHost({
      url: options.url,
      name: `${options.name} sends`,
      setup: (channel, model) => this.setUp(channel, model),
      onDown: () => this.failWaiting(),
    });
  }

  /**
   * Asks the one handler and gives its reply. Throws the handler's `AppError`, or `MESSAGE_UNROUTABLE` when no such
   * service is there, `REQUEST_TIMED_OUT` also when all its processes stand still, `BROKER_UNAVAILABLE`. After the last
   * two it may still have been handled.
   */
  async request<N extends RequestName>(
    name: N,
    payload: PayloadInput<N>,
    options: { readonly timeoutMs?: number } = {},
  ): Promise<Reply<N>> {
    const definition = this.requestOf(name);
    refuseIfLate();
    // What is asked on behalf of a request takes no longer than that one's sender waits.
    const timeoutMs = Math.ceil(Math.min(options.timeoutMs ?? definition.timeoutMs, remainingMs()));
    const correlationId = randomUUID();
    const answered = this.pending.await(correlationId, name, timeoutMs);
    const expiration = String(timeoutMs);
    // Not awaited: the time-out covers sending too, so whatever comes first decides.
    const headers = deadlineIn(timeoutMs);
    this.ask(name, definition, payload, {
      persistent: false,
      replyTo: REPLY_TO,
      correlationId,
      expiration,
      headers,
    }).catch((error: unknown) => this.pending.reject(correlationId, error));
    const reply = (await answered) as Reply<N>;
    this.watch?.noteAnswer(definition.owner);
    this.pulse.noteAnswer(definition.owner);
    return reply;
  }

  /**
   * What each process of a service says of itself, of those that give their pulse within `forMs`; one of an earlier
   * version says nothing (undefined). Throws `BROKER_UNAVAILABLE`.
   */
  async survey(service: ServiceName, forMs: number): Promise<readonly unknown[]> {
    await this.host.ready(this.publishTimeoutMs);
    const correlationId = randomUUID();
    const answers = this.pending.collect(correlationId, forMs);
    this.publishPulse(service, correlationId, forMs).catch((error: unknown) => {
      if (!AppError.is(error, 'MESSAGE_UNROUTABLE')) this.pending.reject(correlationId, error);
    });
    return answers;
  }

  /** Announces a fact; resolves when the broker holds a copy for every service that handles it. */
  async publish<N extends FactName>(name: N, payload: PayloadInput<N>): Promise<void> {
    await this.send({ name, definition: this.definitionOf(name, 'fact'), payload, options: { persistent: true } });
  }

  /** Queues a job for one of many processes; resolves when the broker holds it. */
  async enqueue<N extends JobName>(name: N, payload: PayloadInput<N>): Promise<void> {
    await this.send({ name, definition: this.definitionOf(name, 'job'), payload, options: { persistent: true } });
  }

  /** Hints to every running process that handles it. Nothing depends on a hint, so this never throws. */
  async signal<N extends SignalName>(name: N, payload: PayloadInput<N>): Promise<void> {
    try {
      await this.send({ name, definition: this.definitionOf(name, 'signal'), payload, options: { persistent: false } });
    } catch (error) {
      if (AppError.is(error, 'MESSAGE_UNROUTABLE')) return;
      this.logger.warn({ event: 'signal.lost', message: name, error });
    }
  }

  state(): BusState {
    return this.host.state();
  }

  /** Connects if necessary; throws `BROKER_UNAVAILABLE` if that takes longer than `publishTimeoutMs`. */
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

  private async setUp(channel: ConfirmChannel, model: ChannelModel): Promise<void> {
    await assertExchanges(channel);
    await channel.consume(REPLY_TO, (message) => message && void this.pending.receive(message), { noAck: true });
    const recycle = () => this.host.recycle(channel, 'the broker refused a message');
    this.publisher = new ConfirmedPublisher(channel, recycle);
    this.watch = new ServiceWatch(model);
  }

  private requestOf(name: string): RequestDefinition {
    const definition = this.definitionOf(name, 'request');
    if (definition.kind === 'request') return definition;
    throw new AppError('MESSAGE_INVALID', `${name} is not a request`);
  }

  // Asked before and, while no answer comes, again and again: the service may die with the question in hand.
  private async ask(
    name: string,
    definition: RequestDefinition,
    payload: unknown,
    options: Options.Publish & { readonly correlationId: string },
  ): Promise<void> {
    const { owner } = definition;
    const brokerTimeoutMs = Math.min(this.publishTimeoutMs, ASK_BROKER_MS);
    await this.host.ready(brokerTimeoutMs);
    this.refuseIfBlocked();
    await this.watch?.refuseIfAway(owner);
    if (!this.pending.isAwaited(options.correlationId)) return; // Its caller has given up meanwhile.
    await this.send({ name, definition, payload, options }, brokerTimeoutMs);
    while (await this.isWaiting(options.correlationId, LOOK_AGAIN_MS)) {
      await this.watch?.refuseIfAway(owner);
      await this.pulse.refuseIfStill(owner, Math.max(STILL_MS, definition.timeoutMs / 10));
    }
  }

  // A broker that takes nothing would take it later, when its caller has been refused.
  private refuseIfBlocked(): void {
    const { up, problem } = this.state();
    if (!up) throw new AppError('BROKER_UNAVAILABLE', `the message broker is not there: ${problem}`);
  }

  private async askPulse(service: ServiceName): Promise<void> {
    const correlationId = randomUUID();
    const answered = this.pending.await(correlationId, `the pulse of ${service}`, PULSE_TIMEOUT_MS);
    this.publishPulse(service, correlationId, PULSE_TIMEOUT_MS).catch((error: unknown) => {
      // A service of an earlier version gives no pulse.
      if (AppError.is(error, 'MESSAGE_UNROUTABLE')) this.pending.resolve(correlationId, null);
      else this.pending.reject(correlationId, error);
    });
    await answered;
  }

  private async publishPulse(service: ServiceName, correlationId: string, timeoutMs: number): Promise<void> {
    const options = { replyTo: REPLY_TO, correlationId, expiration: String(timeoutMs) };
    const question = { exchange: PULSES, routingKey: service, content: Buffer.alloc(0), options };
    await this.publisher?.publish(question, timeoutMs);
  }

  private async isWaiting(correlationId: string, afterMs: number): Promise<boolean> {
    await sleep(afterMs, undefined, { ref: false });
    return this.pending.isAwaited(correlationId);
  }

  private definitionOf(name: string, kind: MessageDefinition['kind']): MessageDefinition {
    const definition = this.list[name];
    if (definition?.kind === kind) return definition;
    throw new AppError('MESSAGE_INVALID', `${name} is not a ${kind} of the list of messages`);
  }

  private async send(
    { name, definition, payload, options }: Sending & { readonly payload: unknown },
    timeoutMs: number = this.publishTimeoutMs,
  ): Promise<void> {
    const body = await encodeBody(sentPayload(name, definition, payload));
    await this.host.ready(timeoutMs);
    if (!this.publisher) throw new AppError('BROKER_UNAVAILABLE', 'the message broker is not connected');
    const outgoing = outgoingOf({ name, definition, options }, body, this.options.name);
    await this.publisher.publish(outgoing, timeoutMs);
  }

  private failWaiting(): void {
    this.publisher = undefined;
    const error = new AppError(
      'BROKER_UNAVAILABLE',
      'the connection to the message broker was lost; no answer will come',
    );
    this.pending.rejectAll(error);
  }
}
