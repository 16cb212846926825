import type { ServiceName } from '@account-backups/contracts';
import type { Channel } from 'amqplib';
import { MAX_DELIVERIES, PULSES, exchanges, queues, type Intake, type ServiceTopology } from './topology.js';

const quorum = { 'x-queue-type': 'quorum' } as const;
/** Of one process alone, and gone with it. RabbitMQ 4.3 refuses queues that are shared and do not last. */
const own = { durable: false, exclusive: true, autoDelete: true, arguments: { 'x-queue-type': 'classic' } } as const;

/** Makes the exchanges that senders publish to. Safe to repeat, by every process at every connection. */
export async function assertExchanges(channel: Channel): Promise<void> {
  for (const exchange of [...Object.values(exchanges), PULSES]) {
    await channel.assertExchange(exchange, 'direct', { durable: true });
  }
}

/** Makes the queues of a service with their bindings, resting queues and the queue for what cannot be handled. */
export async function assertQueues(channel: Channel, topology: ServiceTopology): Promise<void> {
  const { service, pulse, intakes } = topology;
  if (intakes.some(({ kind }) => kind === 'fact' || kind === 'job')) await assertRetries(channel, topology);
  for (const intake of intakes) {
    await assertIntake(channel, service, intake);
    for (const name of intake.names) {
      await channel.bindQueue(intake.queue, exchanges[intake.kind], name);
      if (intake.kind !== 'request') continue;
      await channel.unbindQueue(queues.formerRequests(service), exchanges.request, name);
    }
  }
  await channel.assertQueue(pulse, own);
  await channel.bindQueue(pulse, PULSES, service);
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
      // Held by several nodes: a queue of one node is away as long as that is, and its service with it.
      await channel.assertQueue(queue, {
        durable: true,
        arguments: { ...quorum, 'x-delivery-limit': MAX_DELIVERIES },
      });
      return;
    case 'signal':
      await channel.assertQueue(queue, own);
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
