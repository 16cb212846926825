import { createRequire } from 'node:module';
import { freePort } from '@account-backups/local-stack/system/ports.js';
import { startRabbitmq } from '@account-backups/local-stack/parts/rabbitmq.js';
import { partFolder, type PartFolder } from './harness.js';

// amqplib belongs to the messaging library; here it only proves what the broker keeps
const { connect } = createRequire(import.meta.url)('amqplib') as typeof import('amqplib');

async function publish(url: string, queue: string, text: string): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  channel.sendToQueue(queue, Buffer.from(text), { persistent: true });
  await channel.waitForConfirms();
  await connection.close();
}

async function take(url: string, queue: string): Promise<string> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  const message = await channel.get(queue, { noAck: true });
  await connection.close();
  return message === false ? 'nothing' : message.content.toString();
}

describe('the private RabbitMQ node', () => {
  let folder: PartFolder;

  beforeEach(() => {
    folder = partFolder();
  });

  afterEach(() => folder.remove());

  it('finds its messages again on another port', async () => {
    const first = await startRabbitmq({ ...folder.at('rabbitmq'), port: await freePort() });
    await publish(first.url, 'kept', 'still here');
    await first.stop();
    const second = await startRabbitmq({ ...folder.at('rabbitmq'), port: await freePort() });
    const text = await take(second.url, 'kept');
    await second.kill();
    expect(text).toBe('still here');
  });

  it('runs beside another one, each with its own password', async () => {
    const [one, two] = await Promise.all([
      startRabbitmq({ ...folder.at('one'), port: await freePort() }),
      startRabbitmq({ ...folder.at('two'), port: await freePort() }),
    ]);
    const crossed = new URL(one.url);
    crossed.port = new URL(two.url).port;
    const refused = await connect(crossed.href).catch((error: Error) => error.message);
    await Promise.all([one.kill(), two.kill()]);
    expect(refused).toContain('ACCESS_REFUSED');
  });
});
