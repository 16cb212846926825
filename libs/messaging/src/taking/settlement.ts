import { AppError, type ServiceName } from '@account-backups/contracts';
import { Logger } from '@nestjs/common';
import type { ConsumeMessage } from 'amqplib';
import type { ConfirmedPublisher } from '../broker/confirmed-publisher.js';
import { queues } from '../broker/topology.js';

const MAX_REASON_LENGTH = 500;
const PUBLISH_TIMEOUT_MS = 5_000;

/** What becomes of a fact or job whose handler failed: it rests and comes back, or it is parked with the reason. */
export class Settlement {
  private readonly logger = new Logger('Bus');

  constructor(
    private readonly service: ServiceName,
    private readonly publisher: ConfirmedPublisher,
    private readonly retryDelaysMs: readonly number[],
  ) {}

  /** Resolves when the broker holds the message elsewhere, so that the original may be acknowledged. */
  async setAside(message: ConsumeMessage, queue: string, error: unknown): Promise<void> {
    const attempt = attemptOf(message);
    const fault = error instanceof AppError ? error : new AppError('INTERNAL', 'the handler failed', { cause: error });
    const delayMs = this.retryDelaysMs[attempt - 1];
    const park = !fault.retryable || delayMs === undefined;
    const fields = { message: nameOf(message), messageId: String(message.properties.messageId), attempt };
    if (park) this.logger.error({ event: 'message.parked', ...fields, error });
    if (!park) this.logger.warn({ event: 'message.retried', ...fields, delayMs, error });
    await this.publisher.publish(
      {
        exchange: park ? '' : queues.retry(this.service, delayMs),
        routingKey: park ? queues.dead(this.service) : queue,
        content: message.content,
        options: {
          ...message.properties,
          expiration: undefined,
          persistent: true,
          headers: { ...withoutDeaths(message), ...reasonOf(message, fault), ...countOf(attempt, park) },
        },
      },
      PUBLISH_TIMEOUT_MS,
    );
  }
}

// The broker drops a message that would rest twice in one queue by this history. Put back by an operator it does, and
// must not be lost.
function withoutDeaths({ properties }: ConsumeMessage): Record<string, unknown> {
  const headers = Object.entries((properties.headers ?? {}) as Record<string, unknown>);
  return Object.fromEntries(headers.filter(([name]) => !/^x-(first-|last-)?death/.test(name)));
}

/** The name of a message: its routing key, or what it was called before it rested. */
export function nameOf({ fields, properties }: ConsumeMessage): string {
  const original: unknown = properties.headers?.['x-message'];
  return typeof original === 'string' ? original : fields.routingKey;
}

/** 1 for the first try; an unreadable count is past the last. Our own count: the broker's includes lost channels. */
function attemptOf({ properties }: ConsumeMessage): number {
  const attempt = Number(properties.headers?.['x-attempt'] ?? 1);
  return Number.isSafeInteger(attempt) && attempt > 0 ? attempt : Number.MAX_SAFE_INTEGER;
}

function reasonOf(message: ConsumeMessage, fault: AppError): Record<string, unknown> {
  const cause = fault.cause instanceof Error ? `${fault.message}: ${fault.cause.message}` : fault.message;
  return {
    'x-message': nameOf(message),
    'x-error-code': fault.code,
    'x-error': cause.slice(0, MAX_REASON_LENGTH),
    'x-failed-at': new Date().toISOString(),
  };
}

// A parked message keeps its count under another header: put back into its queue, it gets all its tries again.
function countOf(attempt: number, park: boolean): Record<string, unknown> {
  return park ? { 'x-attempt': undefined, 'x-attempts': attempt } : { 'x-attempt': attempt + 1 };
}
