import { AppError, isAway, type ServiceName } from '@account-backups/contracts';
import { Logger } from '@nestjs/common';
import type { ConsumeMessage } from 'amqplib';
import type { ConfirmedPublisher } from '../broker/confirmed-publisher.js';
import { queues } from '../broker/topology.js';

const MAX_REASON_LENGTH = 500;
const PUBLISH_TIMEOUT_MS = 5_000;
/** Which of the rests is the longest for what waits for a part, so that it goes on soon after the part is back. */
const LONGEST_WAIT = 2;
/** About a day of rests of thirty seconds. */
const MAX_WAITS = 2_880;

/** What a message has behind it. */
interface Tries {
  /** Of the present attempt, from 1: how often the message's own handling failed, and this time. */
  readonly attempt: number;
  /** How often a part that its handler needs was away, which is no attempt. */
  readonly waits: number;
}

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
    const fault = error instanceof AppError ? error : new AppError('INTERNAL', 'the handler failed', { cause: error });
    const tries = triesOf(message);
    const wasAway = isAway(fault);
    const delayMs = fault.retryable ? this.restOf(tries, wasAway) : undefined;
    const park = delayMs === undefined;
    const fields = { message: nameOf(message), messageId: String(message.properties.messageId), ...tries };
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
          headers: {
            ...withoutDeaths(message),
            ...reasonOf(message, fault),
            ...headersAfter(tries, { park, wasAway }),
          },
        },
      },
      PUBLISH_TIMEOUT_MS,
    );
  }

  /** Milliseconds until the next try, or undefined when there is to be none. */
  private restOf({ attempt, waits }: Tries, wasAway: boolean): number | undefined {
    if (!wasAway) return this.retryDelaysMs[attempt - 1];
    if (waits >= MAX_WAITS) return undefined;
    return this.retryDelaysMs[Math.min(waits, LONGEST_WAIT, this.retryDelaysMs.length - 1)];
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

/** An unreadable count is past the last. Our own counts: the broker's includes lost channels. */
function triesOf({ properties }: ConsumeMessage): Tries {
  const count = (header: string, first: number) => {
    const value = Number(properties.headers?.[header] ?? first);
    return Number.isSafeInteger(value) && value >= first ? value : Number.MAX_SAFE_INTEGER;
  };
  return { attempt: count('x-attempt', 1), waits: count('x-waits', 0) };
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

// A parked message keeps its counts under another header: put back into its queue, it gets all its tries again.
function headersAfter({ attempt, waits }: Tries, { park, wasAway }: { park: boolean; wasAway: boolean }) {
  if (park) return { 'x-attempt': undefined, 'x-waits': undefined, 'x-attempts': attempt + waits };
  return wasAway ? { 'x-attempt': attempt, 'x-waits': waits + 1 } : { 'x-attempt': attempt + 1, 'x-waits': waits };
}
