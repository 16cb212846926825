// No message waits, and none is parked but the poison of the faults themselves.
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { messages, serviceNames } from '@account-backups/contracts';
import { intakesOf, queues, retryDelaysMs } from '../../../../libs/messaging/src/broker/topology.js';
import type { Check } from '../evidence.js';
import type { Finding } from '../finding.js';
import type { StormTarget } from '../target.js';

// amqplib belongs to the messaging library; the names of the queues are what operators look at.
const { connect } = createRequire(import.meta.url)('amqplib') as typeof import('amqplib');
type Connection = Awaited<ReturnType<typeof connect>>;

/** Signals go to queues that end with their process; only facts and jobs are tried again. */
const working = serviceNames.flatMap((service) => {
  const intakes = intakesOf(service, messages, 'none').filter(({ kind }) => kind !== 'signal');
  const rests = intakes.some(({ kind }) => kind !== 'request') ? retryDelaysMs : [];
  return [...intakes.map(({ queue }) => queue), ...rests.map((delayMs) => queues.retry(service, delayMs))];
});

/** The longest rest of a message that failed, and some time to be handled then. */
const EMPTY_MS = 150_000;

export const checkQueues: Check = async ({ target }) => {
  if (target.brokerUrl === undefined) return [];
  const connection = await connect(target.brokerUrl);
  try {
    const findings: Finding[] = [];
    const deadline = performance.now() + EMPTY_MS;
    for (const queue of working) findings.push(...(await waiting(connection, queue, deadline)));
    for (const service of serviceNames) findings.push(...(await parked(connection, queues.dead(service), target)));
    return findings;
  } finally {
    await connection.close();
  }
};

async function waiting(connection: Connection, queue: string, deadline: number): Promise<readonly Finding[]> {
  for (;;) {
    const count = await depthOf(connection, queue);
    if (count === 0) return [];
    if (count === null) return [finding('queue-lost', queue, 'the queue', 'no such queue')];
    if (performance.now() > deadline) return [finding('message-waits', queue, 0, count)];
    await sleep(500);
  }
}

/** Null when there is no such queue, which costs the channel. */
async function depthOf(connection: Connection, queue: string): Promise<number | null> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  try {
    const { messageCount } = await channel.checkQueue(queue);
    await channel.close();
    return messageCount;
  } catch {
    return null;
  }
}

async function parked(connection: Connection, queue: string, target: StormTarget): Promise<readonly Finding[]> {
  if ((await depthOf(connection, queue)) === null) return [];
  const channel = await connection.createChannel();
  const findings: Finding[] = [];
  for (let message = await channel.get(queue); message; message = await channel.get(queue)) {
    if (target.isOurPoison?.(message.content)) continue;
    const headers: Record<string, unknown> = message.properties.headers ?? {};
    findings.push(
      finding('message-parked', queue, 'no message', { body: message.content.toString().slice(0, 500), headers }),
    );
  }
  // Nothing was acknowledged: with the channel all of it goes back.
  await channel.close();
  return findings;
}

function finding(kind: string, where: string, expected: unknown, found: unknown): Finding {
  return { kind, what: 'the queues', where, expected, found };
}
