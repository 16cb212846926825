import type { ServiceName } from '@account-backups/contracts';
import type { Channel } from 'amqplib';
import { MAX_DELIVERIES, exchanges, queues, type Intake } from './topology.js';

/** What a service needs on the broker. */
interface ServiceTopology {
  readonly service: ServiceName;
  readonly intakes: readonly Intake[];
  readonly retryDelaysMs: readonly number[];
}

const quorum = { 'x-queue-type': 'quorum' } as const;

/** Makes the exchanges that senders publish to. Safe to repeat, by every process at every connection. */
export async function assertExchanges(channel: Channel): Promise<void> {
  for (const exchange of Object.values(exchanges)) await channel.assertExchange(exchange, 'direct', { durable: true });
}

/** Makes the queues of a service with their bindings, resting queues and the queue for what cannot be handled. */
export async function assertQueues(channel: Channel, topology: ServiceTopology): Promise<void> {
  const { service, intakes } = topology;
  if (intakes.some(({ kind }) => kind === 'fact' || kind === 'job')) await assertRetries(channel, topology);
  for (const intake of intakes) {
    await assertIntake(channel, service, intake);
    for (const name of intake.names) await channel.bindQueue(intake.queue, exchanges[intake.kind], name);
  }
  await channel.assertQueue(queues.pulse(service), { durable: false, autoDelete: true });
}

async function assertRetries(channel: Channel, { service, retryDelaysMs }: ServiceTopology): Promise<void> {
  await channel.assertQueue(queues.dead(service), { durable: true, arguments: quorum });
  for (const delayMs of retryDelaysMs) {
    const name = queues.retry(service, delayMs);
    await channel.assertExchange(name, 'fanout', { durable: true });
    // The routing key is the queue to return to: the default exchange takes it there when the time is up.
    const rest = { 'x-message-ttl': delayMs, 'x-dead-letter-exchange': '', 'x-dead-letter-strategy': 'at-least-once' };
    await channel.assertQueue(name, {
      durable: true,
      arguments: { ...quorum, ...rest, 'x-overflow': 'reject-publish' },
    });
    await channel.bindQueue(name, name, '');
  }
}

async function assertIntake(channel: Channel, service: ServiceName, { kind, queue }: Intake): Promise<void> {
  switch (kind) {
    case 'request':
      await channel.assertQueue(queue, { durable: true });
      return;
    case 'signal':
      await channel.assertQueue(queue, { durable: false, exclusive: true, autoDelete: true });
      return;
    case 'fact':
    case 'job':
      await channel.assertQueue(queue, {
        durable: true,
        arguments: {
          ...quorum,
          'x-delivery-limit': MAX_DELIVERIES,
          'x-overflow': 'reject-publish',
          'x-dead-letter-exchange': '',
          'x-dead-letter-routing-key': queues.dead(service),
          'x-dead-letter-strategy': 'at-least-once',
        },
      });
  }
}
