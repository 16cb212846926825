import { randomUUID } from 'node:crypto';
import { AppError } from '@account-backups/contracts';
import type { ConfirmChannel, Options } from 'amqplib';

interface Outgoing {
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  readonly options: Options.Publish;
}

/**
 * Publishes on one channel so that "done" means: the broker has it, in at least one queue. The broker says that a
 * message found no queue (basic.return) before it confirms it, which is how the two are told apart.
 */
export class ConfirmedPublisher {
  private readonly underWay = new Map<string, { returned: boolean }>();

  /** `onRefused` is told when the broker itself refuses a message, as a channel does whose queue lost its leader. */
  constructor(
    private readonly channel: ConfirmChannel,
    private readonly onRefused: () => void = () => undefined,
  ) {
    channel.on('return', ({ properties }: { properties: { messageId?: unknown } }) => {
      const message = this.underWay.get(String(properties.messageId));
      if (message) message.returned = true;
    });
  }

  /** Throws `MESSAGE_UNROUTABLE` when no queue takes it, `BROKER_UNAVAILABLE` when nothing is confirmed in time. */
  publish({ exchange, routingKey, content, options }: Outgoing, timeoutMs: number): Promise<void> {
    const messageId = options.messageId ?? randomUUID();
    const message = { returned: false };
    return new Promise<void>((resolve, reject) => {
      const settle = (error?: unknown) => {
        clearTimeout(timer);
        this.underWay.delete(messageId);
        if (error) reject(unavailable(error));
        if (message.returned) reject(new AppError('MESSAGE_UNROUTABLE', `no service takes ${routingKey}`));
        resolve();
      };
      const timer = setTimeout(() => settle(new Error(`not confirmed within ${timeoutMs} ms`)), timeoutMs);
      this.underWay.set(messageId, message);
      try {
        this.channel.publish(
          exchange,
          routingKey,
          content,
          { ...options, messageId, mandatory: true },
          (error: unknown) => {
            settle(error);
            if (error) this.onRefused();
          },
        );
      } catch (error) {
        settle(error);
      }
    });
  }
}

function unavailable(cause: unknown): AppError {
  return new AppError('BROKER_UNAVAILABLE', 'the message broker did not take a message', { cause });
}
