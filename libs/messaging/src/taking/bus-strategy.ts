import { randomUUID } from 'node:crypto';
import { AppError, messages, type ServiceName } from '@account-backups/contracts';
import { RmqContext, Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { isObservable, lastValueFrom } from 'rxjs';
import { appErrorOf } from './app-error-of.js';
import { assertExchanges, assertQueues } from '../broker/assert-topology.js';
import { decodeBody, encodeBody, type ReplyBody } from '../envelope/body.js';
import { ChannelHost, GOODBYE_TIMEOUT_MS, type BusState } from '../broker/channel-host.js';
import { ConfirmedPublisher } from '../broker/confirmed-publisher.js';
import { DEADLINE_HEADER, NOW_HEADER, numberIn, refuseIfLate, runUntil } from '../time/deadline.js';
import { runDelivered } from './delivery.js';
import { checkHandlers } from './handler-check.js';
import { inTime } from '../time/in-time.js';
import { receivedPayload } from '../envelope/payload.js';
import { nameOf, Settlement } from './settlement.js';
import { sharedTime } from '../time/shared-time.js';
import {
  retryDelaysMs,
  serviceTopology,
  type Intake,
  type MessageList,
  type ServiceTopology,
} from '../broker/topology.js';
import { runWithTrace } from '../envelope/trace.js';

export interface BusStrategyOptions {
  readonly url: string;
  readonly service: ServiceName;
  readonly messages?: MessageList;
  /** How long work in hand may take at shutdown; what is unfinished by then is delivered to another process. */
  readonly drainTimeoutMs?: number;
  /** Asked before the service gives its pulse, which says what it gives: settles unless what it lives on hangs. */
  readonly pulse?: () => Promise<unknown>;
  /** How long a failed fact or job rests before each further try; part of the names of the resting queues. */
  readonly retryDelaysMs?: readonly number[];
}

const BUS_TRANSPORT = Symbol('account-backups bus');
const DRAIN_TIMEOUT_MS = 20_000;

/** A message is settled on the channel that it arrived on. */
interface Reception {
  readonly channel: ConfirmChannel;
  readonly settlement: Settlement;
  readonly intake: Intake;
}

/** The Nest transport: takes messages from the service's queues to its handlers. */
export class BusStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = BUS_TRANSPORT;
  override readonly propagatesEventHandlerErrors: boolean = true;
  private readonly list: MessageList;
  private topology: ServiceTopology | undefined;
  private readonly delays: readonly number[];
  private readonly registered: string[] = [];
  private readonly inHand = new Set<Promise<void>>();
  private readonly host: ChannelHost;
  private consumerTags: string[] = [];
  private closing = false;

  constructor(private readonly options: BusStrategyOptions) {
    super();
    this.list = options.messages ?? messages;
    this.delays = options.retryDelaysMs ?? retryDelaysMs;
    this.host = new ChannelHost({
      url: options.url,
      name: `${options.service} handles`,
      setup: (channel) => this.setUp(channel),
      look: (channel) => this.assertTopology(channel),
    });
  }

  override addHandler(pattern: unknown, handler: MessageHandler, isEventHandler = false): void {
    this.registered.push(String(pattern));
    super.addHandler(pattern, handler, isEventHandler);
  }

  listen(done: (error?: unknown) => void): void {
    try {
      checkHandlers(this.options.service, this.registered, this.list);
    } catch (error) {
      done(error);
      return;
    }
    this.host.start(true).then(() => done(), done);
  }

  /** Stops taking messages, lets work in hand finish, and leaves; unfinished work is delivered elsewhere. */
  async close(): Promise<void> {
    this.closing = true;
    const { channel } = this.host;
    if (channel) {
      const cancelled = Promise.allSettled(this.consumerTags.map((tag) => channel.cancel(tag)));
      await inTime(cancelled, GOODBYE_TIMEOUT_MS);
    }
    await inTime(Promise.allSettled(this.inHand), this.options.drainTimeoutMs ?? DRAIN_TIMEOUT_MS);
    await inTime(channel?.waitForConfirms(), GOODBYE_TIMEOUT_MS);
    await this.host.close();
  }

  on(): never {
    throw new Error('the bus has no events of its own');
  }

  unwrap<T>(): T {
    return this.host as T;
  }

  state(): BusState {
    return this.host.state();
  }

  /** Resolves if the broker answers now; for readiness. */
  async check(): Promise<void> {
    const { up, problem } = this.state();
    if (!up) throw new Error(problem ?? 'not connected');
    const { channel } = this.host;
    if (channel) await assertExchanges(channel);
  }

  private async setUp(channel: ConfirmChannel): Promise<void> {
    this.consumerTags = [];
    // A connection that recovers while the last work drains takes nothing new.
    if (this.closing) return;
    const topology = serviceTopology(this.options.service, this.list, this.delays, randomUUID());
    this.topology = topology;
    await this.assertTopology(channel);
    const settlement = new Settlement(this.options.service, new ConfirmedPublisher(channel), this.delays);
    for (const intake of topology.intakes) {
      const reception = { channel, settlement, intake };
      await channel.prefetch(intake.prefetch);
      const consumer = await channel.consume(intake.queue, (message) => this.receive(reception, message), {
        noAck: intake.kind === 'signal',
      });
      this.consumerTags.push(consumer.consumerTag);
    }
    const givePulse = (message: ConsumeMessage | null) => void this.givePulse(channel, message);
    const consumer = await channel.consume(topology.pulse, givePulse, { noAck: true });
    this.consumerTags.push(consumer.consumerTag);
  }

  private async givePulse(channel: ConfirmChannel, message: ConsumeMessage | null): Promise<void> {
    if (!message) return this.host.recycle(channel, 'the broker ended the consumer of the pulse');
    const { replyTo, correlationId } = message.properties as { replyTo: string; correlationId: string };
    try {
      const pulse = Buffer.from(JSON.stringify({ reply: await this.options.pulse?.() }));
      channel.sendToQueue(replyTo, pulse, { correlationId });
    } catch (error) {
      this.logger.warn({ event: 'pulse.lost', error });
    }
  }

  private async assertTopology(channel: ConfirmChannel): Promise<void> {
    await assertExchanges(channel);
    if (this.topology) await assertQueues(channel, this.topology);
  }

  private receive(reception: Reception, message: ConsumeMessage | null): void {
    if (!message) {
      this.host.recycle(reception.channel, `the broker ended the consumer of ${reception.intake.queue}`);
      return;
    }
    const work = this.handle(reception, message).catch((error: unknown) => {
      // Neither acknowledged nor set aside: on a new channel the broker delivers it again.
      this.host.recycle(reception.channel, `a message could not be settled: ${String(error)}`);
    });
    this.inHand.add(work);
    void work.finally(() => this.inHand.delete(work));
  }

  private handle(reception: Reception, message: ConsumeMessage): Promise<void> {
    const { headers } = message.properties;
    const work = () => runDelivered(message.fields.redelivered, () => this.handleHere(reception, message));
    return runWithTrace(headers?.['traceparent'], () => runUntil(numberIn(headers, DEADLINE_HEADER), work));
  }

  private handleHere(reception: Reception, message: ConsumeMessage): Promise<void> {
    switch (reception.intake.kind) {
      case 'request':
        return this.answer(reception.channel, message);
      case 'signal':
        return this.notice(message);
      case 'fact':
      case 'job':
        return this.work(reception, message);
    }
  }

  private async work({ channel, settlement, intake }: Reception, message: ConsumeMessage): Promise<void> {
    const fault = await this.invoke(message).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    // Set aside before it is acknowledged: a crash in between delivers the message twice, and never loses it.
    if (fault) await settlement.setAside(message, intake.queue, appErrorOf(fault.error));
    channel.ack(message);
  }

  private async answer(channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
    const body = await this.invoke(message).then(
      (reply): ReplyBody => ({ reply: reply ?? null }),
      (error: unknown): ReplyBody => ({ error: this.replyError(message, error).toBody() }),
    );
    const { content, contentEncoding } = await encodeBody(body).catch((error: unknown) => {
      this.logger.error({ event: 'reply.refused', message: nameOf(message), error });
      // The reply is too large, not what the caller sent: that is not the caller's fault.
      const fault = AppError.is(error, 'PAYLOAD_TOO_LARGE') ? new AppError('MESSAGE_INVALID', error.message) : error;
      return encodeBody({ error: this.replyError(message, fault).toBody() });
    });
    const { replyTo, correlationId } = message.properties as { replyTo?: string; correlationId?: string };
    if (replyTo !== undefined) {
      const nowMs = sharedTime.nowMs();
      const headers = nowMs === undefined ? {} : { [NOW_HEADER]: Math.round(nowMs) };
      const options = { correlationId, contentType: 'application/json', contentEncoding, headers };
      channel.sendToQueue(replyTo, content, options);
    }
    channel.ack(message);
  }

  private async notice(message: ConsumeMessage): Promise<void> {
    try {
      await this.invoke(message);
    } catch (error) {
      this.logger.warn({ event: 'signal.failed', message: nameOf(message), error });
    }
  }

  private async invoke(message: ConsumeMessage): Promise<unknown> {
    const name = nameOf(message);
    const handler = this.messageHandlers.get(name);
    const definition = this.list[name];
    if (!handler || !definition) throw new AppError('MESSAGE_UNHANDLED', `${name} has no handler here`);
    const body = await decodeBody(message.content, message.properties.contentEncoding);
    const payload = receivedPayload(name, definition, body);
    refuseIfLate();
    const outcome: unknown = await handler(payload, new RmqContext([{ ...message }, undefined, name]));
    return isObservable(outcome) ? lastValueFrom(outcome, { defaultValue: undefined }) : outcome;
  }

  // An error that is not ours goes to the log alone: its text may name what the caller must not learn.
  private replyError(message: ConsumeMessage, error: unknown): AppError {
    const known = appErrorOf(error);
    if (known instanceof AppError) return known;
    this.logger.error({ event: 'request.failed', message: nameOf(message), error });
    return new AppError('INTERNAL', 'something went wrong there; its log knows more');
  }
}
