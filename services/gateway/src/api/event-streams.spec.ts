import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bus } from '@account-backups/messaging';
import { EventStreams } from './event-streams.js';

const person = { kind: 'person', accountId: 'lab', userId: 'sia', scopes: new Set<string>(), by: 'session' } as const;

describe('EventStreams', () => {
  it('ends its streams at the end and opens none after it, so that the server can close', async () => {
    const streams = new EventStreams(new Bus({ url: 'amqp://no-broker', name: 'tests' }));
    const server = createServer((request, response) => streams.open(person, request, response)).listen(0);
    await once(server, 'listening');
    const address = `http://localhost:${(server.address() as AddressInfo).port}`;
    const first = await fetch(address);
    expect(first.headers.get('content-type')).toContain('text/event-stream');
    streams.beforeApplicationShutdown();
    expect(await first.text()).toContain('retry: 3000');
    const second = await fetch(address);
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '30']);
    await second.body?.cancel();
    server.close();
    server.closeIdleConnections();
    await once(server, 'close');
  });
});
