import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { jest } from '@jest/globals';
import { Bus } from '@account-backups/messaging';
import type { Person } from '../identity/caller.js';
import { RunningAnswers } from '../identity/running-answers.js';
import { EventStreams } from './event-streams.js';

const personOf = (userId: string, accountId = 'lab'): Person => ({
  kind: 'person',
  accountId,
  userId,
  scopes: new Set<string>(),
  by: { kind: 'session', sessionId: '11111111-1111-4111-8111-111111111111' },
});
const sia = personOf('sia');
const bounds = { EVENT_STREAMS_PER_PERSON: 2, EVENT_STREAMS_PER_ACCOUNT: 3 };

describe('EventStreams', () => {
  const bus = new Bus({ url: 'amqp://no-broker', name: 'tests' });
  let streams: EventStreams;
  let server: Server;
  let port: number;

  beforeEach(async () => {
    streams = new EventStreams(bus, new RunningAnswers(bus), bounds);
    server = createServer((_request, response) => streams.open(sia, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => server.closeAllConnections());

  async function opened(count: number): Promise<Socket[]> {
    const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1'));
    for (const socket of sockets) {
      socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
      await once(socket, 'data');
      socket.pause();
    }
    return sockets;
  }

  it('ends its streams at the end and opens none after it, so that the server can close', async () => {
    const first = await fetch(`http://127.0.0.1:${port}`);
    expect(first.headers.get('content-type')).toContain('text/event-stream');
    streams.beforeApplicationShutdown();
    expect(await first.text()).toContain('retry: 3000');
    expect(() => streams.assertRoom(sia)).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }));
    server.close();
    server.closeIdleConnections();
    await once(server, 'close');
  });

  it('has so many for a person and for an account, and room again when one ends', async () => {
    const tooMany = expect.objectContaining({ code: 'TOO_MANY_REQUESTS', details: { retryAfterSeconds: 30 } });
    const [first] = await opened(2);
    expect(() => streams.assertRoom(sia)).toThrow(tooMany);
    expect(() => streams.assertRoom(personOf('ada'))).not.toThrow();
    const third = await opened(1);
    expect(() => streams.assertRoom(personOf('ada'))).toThrow(tooMany);
    expect(() => streams.assertRoom(personOf('sia', 'works'))).not.toThrow();
    first?.destroy();
    third[0]?.destroy();
    while (isRefused(sia)) await new Promise((resolve) => setImmediate(resolve));
  });

  function isRefused(person: Person): boolean {
    try {
      streams.assertRoom(person);
      return false;
    } catch {
      return true;
    }
  }

  it('cuts off those that never read, and lives', async () => {
    jest.spyOn(bus, 'request').mockResolvedValue({ backupId: 'b', filler: 'x'.repeat(8_192) } as never);
    const errors: unknown[] = [];
    const caught = (error: unknown) => errors.push(error);
    process.on('uncaughtException', caught);
    await opened(3);
    while (isRefused(sia)) {
      streams.announce('lab', 'b');
      await new Promise((resolve) => setImmediate(resolve));
    }
    streams.announce('lab', 'b');
    streams.beforeApplicationShutdown();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('uncaughtException', caught);
    expect(errors).toEqual([]);
  });
});
