import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type ServiceName } from '@account-backups/contracts';
import type { Channel, ChannelModel } from 'amqplib';
import { inTime } from '../time/in-time.js';
import { queues } from '../broker/topology.js';

/** A service that answered, or was seen, counts as there for so long. */
const FRESH_MS = 1_000;
const ASK_TIMEOUT_MS = 1_000;
/** If this process itself was held up, the answer is there already, and only has to be read. */
const LAST_LOOK_MS = 50;
/** A service that is started again is back within this. */
const GRACE_MS = 1_500;
const ASK_AGAIN_MS = 100;

/**
 * Knows which services take requests now, so that a question to one that is away fails at once instead of by its
 * time-out. It asks the broker only about services that have been silent for a second.
 */
export class ServiceWatch {
  private readonly seenAt = new Map<ServiceName, number>();
  private readonly awaySince = new Map<ServiceName, number>();
  /** Questions on their way: one for each service, however many wait for it. */
  private readonly asked = new Map<ServiceName, Promise<boolean>>();
  private channel: Promise<Channel> | undefined;

  constructor(private readonly model: ChannelModel) {}

  /** The service has just answered. */
  noteAnswer(service: ServiceName): void {
    this.seenAt.set(service, performance.now());
    this.awaySince.delete(service);
  }

  /**
   * Throws `MESSAGE_UNROUTABLE` unless the service is there or back soon; at once when it was away before. Throws
   * `BROKER_UNAVAILABLE` when the broker does not say.
   */
  async refuseIfAway(service: ServiceName): Promise<void> {
    while (!(await this.isThere(service))) {
      const since = this.awaySince.get(service) ?? performance.now();
      this.awaySince.set(service, since);
      if (performance.now() - since >= GRACE_MS) {
        throw new AppError('MESSAGE_UNROUTABLE', `no process of ${service} takes requests`);
      }
      await sleep(ASK_AGAIN_MS);
    }
  }

  private async isThere(service: ServiceName): Promise<boolean> {
    if (performance.now() - (this.seenAt.get(service) ?? -Infinity) < FRESH_MS) return true;
    const asked = this.asked.get(service) ?? this.ask(service);
    this.asked.set(service, asked);
    return asked;
  }

  private async ask(service: ServiceName): Promise<boolean> {
    let isThere = true;
    const found = this.hasConsumer(queues.requests(service)).then((has) => {
      isThere = has;
    });
    const isKnown = (await inTime(found, ASK_TIMEOUT_MS)) || (await inTime(found, LAST_LOOK_MS));
    this.asked.delete(service);
    if (!isKnown) throw new AppError('BROKER_UNAVAILABLE', `the message broker did not answer in ${ASK_TIMEOUT_MS} ms`);
    if (isThere) this.noteAnswer(service);
    return isThere;
  }

  private async hasConsumer(queue: string): Promise<boolean> {
    try {
      const channel = await (this.channel ??= this.open());
      return (await channel.checkQueue(queue)).consumerCount > 0;
    } catch (error) {
      return !String(error).includes('NOT_FOUND');
    }
  }

  // Asking for a queue that does not exist closes the channel: the next question opens another one.
  private async open(): Promise<Channel> {
    const channel = await this.model.createChannel();
    channel.on('error', () => undefined);
    channel.on('close', () => {
      this.channel = undefined;
    });
    return channel;
  }
}
