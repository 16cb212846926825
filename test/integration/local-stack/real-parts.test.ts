import { createRequire } from 'node:module';
import { Client } from 'pg';
import { freshVhost, testBrokerUrl, testDatabase } from '../../support/real-parts.js';

// amqplib belongs to the messaging library; here it only proves that the door opens
const { connect } = createRequire(import.meta.url)('amqplib') as typeof import('amqplib');

describe('the real parts of a test run', () => {
  it('gives each file an empty database', async () => {
    const database = await testDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query("SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'");
    await client.end();
    await database.drop();
    expect(rows).toEqual([{ tables: 0 }]);
  });

  it('lets a client into the shared broker', async () => {
    const connection = await connect(testBrokerUrl());
    const channel = await connection.createChannel();
    await channel.assertQueue('real-parts-probe', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.deleteQueue('real-parts-probe');
    await expect(connection.close()).resolves.toBeUndefined();
  });

  it('keeps the queues of a fresh vhost apart', async () => {
    const vhost = await freshVhost();
    const connection = await connect(vhost.url);
    const channel = await connection.createChannel();
    const { queue } = await channel.assertQueue('mine', { durable: true });
    await connection.close();
    await vhost.drop();
    expect(queue).toBe('mine');
    await expect(connect(vhost.url)).rejects.toThrow();
  });
});
