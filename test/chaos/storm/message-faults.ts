// Messages are doubled, delayed, reordered and lost; queues, bindings and exchanges go; poison arrives.
import { createRequire } from 'node:module';
import { setTimeout as lasts } from 'node:timers/promises';
import { messages, serviceNames } from '@account-backups/contracts';
import type { ConfirmChannel, GetMessage } from 'amqplib';
import { exchanges, intakesOf } from '../../../libs/messaging/src/broker/topology.js';
import { oneOf, type Random } from '../../support/seeded.js';
import { span, type Chosen, type Fault, type FaultTargets } from './fault.js';

// amqplib belongs to the messaging library; here it does what no service would do
const { connect } = createRequire(import.meta.url)('amqplib') as typeof import('amqplib');

/** Marks a message that no service can handle. */
export const POISON = 'not a message of ours';
const AT_ONCE = 20;

const queueNames = serviceNames.flatMap((service) =>
  intakesOf(service, messages, 'none')
    .filter(({ kind }) => kind !== 'signal')
    .map(({ queue, names, kind }) => ({ queue, names, exchange: exchanges[kind] })),
);

type Deal = (channel: ConfirmChannel, taken: readonly GetMessage[], random: Random) => Promise<void>;

const deals: Readonly<Record<string, Deal>> = {
  doubled: async (channel, taken) => putBack(channel, [...taken, ...taken]),
  reordered: async (channel, taken) => putBack(channel, taken.toReversed()),
  lost: async () => undefined,
  delayed: async (channel, taken, random) => {
    await lasts(span(500, 5_000, random));
    putBack(channel, taken);
  },
};

/** As it came: by its routing key a service knows what a message is. A fact reaches every service once more. */
function putBack(channel: ConfirmChannel, taken: readonly GetMessage[]): void {
  for (const { content, properties, fields } of taken) {
    channel.publish(fields.exchange, fields.routingKey, content, properties);
  }
}

function messagesAre(name: keyof typeof deals): Fault {
  return {
    name: `messages are ${name}`,
    weight: 3,
    needs: ({ parts }, random): Chosen => {
      const { queue } = oneOf(queueNames, random);
      return {
        resources: ['broker', queue],
        about: queue,
        run: () =>
          withChannel(parts.broker.url, async (channel) => {
            const taken = await take(channel, queue);
            await deals[name]?.(channel, taken, random);
            await channel.waitForConfirms();
            taken.forEach((message) => channel.ack(message));
          }),
      };
    },
  };
}

/** What lies in the queue at this moment, and for a moment longer: consumers are mostly faster. */
async function take(channel: ConfirmChannel, queue: string): Promise<readonly GetMessage[]> {
  const taken: GetMessage[] = [];
  const endsAt = performance.now() + 500;
  while (taken.length < AT_ONCE && performance.now() < endsAt) {
    const message = await channel.get(queue);
    if (message) taken.push(message);
  }
  return taken;
}

function topologyFault(
  name: string,
  harm: (channel: ConfirmChannel, chosen: (typeof queueNames)[number]) => Promise<unknown>,
): Fault {
  return {
    name,
    weight: 2,
    needs: ({ parts }: FaultTargets, random): Chosen => {
      const chosen = oneOf(queueNames, random);
      return {
        resources: ['broker', chosen.queue],
        about: chosen.queue,
        run: () => withChannel(parts.broker.url, async (channel) => void (await harm(channel, chosen))),
      };
    },
  };
}

export const messageFaults: readonly Fault[] = [
  ...Object.keys(deals).map((name) => messagesAre(name)),
  topologyFault('a queue is deleted', (channel, { queue }) => channel.deleteQueue(queue)),
  topologyFault('a binding is deleted', (channel, { queue, exchange, names }) =>
    channel.unbindQueue(queue, exchange, names[0] ?? ''),
  ),
  topologyFault('an exchange is deleted', (channel, { exchange }) => channel.deleteExchange(exchange)),
  topologyFault('poison arrives', async (channel, { queue }) => {
    channel.publish('', queue, Buffer.from(POISON), { persistent: true, type: 'no.such-message' });
    await channel.waitForConfirms();
  }),
];

async function withChannel(url: string, work: (channel: ConfirmChannel) => Promise<void>): Promise<void> {
  const connection = await connect(url);
  try {
    const channel = await connection.createConfirmChannel();
    // A queue that is gone already closes the channel.
    channel.on('error', () => undefined);
    await work(channel);
    await channel.close();
  } finally {
    await connection.close().catch(() => undefined);
  }
}
