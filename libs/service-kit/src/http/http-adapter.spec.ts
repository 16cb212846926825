import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { jest } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createHttpAdapter } from './http-adapter.js';

let fastify: FastifyInstance;
let port: number;

beforeEach(async () => {
  const doNotFake = [
    'nextTick',
    'setImmediate',
    'setTimeout',
    'clearTimeout',
    'Date',
    'hrtime',
    'performance',
  ] as const;
  jest.useFakeTimers({ doNotFake: [...doNotFake, 'queueMicrotask', 'clearImmediate'] });
  fastify = createHttpAdapter({ port: 0, host: '127.0.0.1', bodyLimit: 1_000_000 }).getInstance();
  fastify.get('/', async () => 'ok');
  fastify.post('/', async () => 'ok');
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  port = (fastify.server.address() as AddressInfo).port;
});
afterEach(async () => {
  jest.useRealTimers();
  fastify.server.closeAllConnections();
  await fastify.close();
});

function sending(bytes: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return socket;
}

describe('every answer', () => {
  it.each([
    ['of a route', 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 200],
    ['of no route', 'GET /none HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 404],
    ['of an address that cannot be read', 'GET /%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 400],
    ['of what is not HTTP', 'what is this\r\n\r\n', 400],
    [
      'of two lengths',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'of a method that shows what it got',
      'TRACE / HTTP/1.1\r\nhost: x\r\ncookie: c\r\nconnection: close\r\n\r\n',
      404,
    ],
    ['of headers too large', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('%s has the headers of every answer', async (_what, request, status) => {
    const answer = await text(sending(request));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    for (const header of [
      'cache-control: no-store',
      "content-security-policy: default-src 'self'",
      'referrer-policy: same-origin',
      'x-content-type-options: nosniff',
    ]) {
      expect(answer.toLowerCase()).toContain(header);
    }
    expect(answer).not.toMatch(/^(server|x-powered-by|strict-transport-security):/im);
  });

  it.each([
    ['of a route', 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
    ['of an address that cannot be read', 'GET /%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'],
    ['of what is not HTTP', 'what is this\r\n\r\n'],
  ])('%s says that callers keep to https, where they come so', async (_what, request) => {
    await fastify.close();
    fastify = createHttpAdapter({ port: 0, host: '127.0.0.1', bodyLimit: 1, onlyHttps: true }).getInstance();
    fastify.get('/', async () => 'ok');
    await fastify.listen({ port: 0, host: '127.0.0.1' });
    port = (fastify.server.address() as AddressInfo).port;
    expect(await text(sending(request))).toMatch(/^strict-transport-security: max-age=31536000\r$/im);
  });
});

describe('a body that hardly comes', () => {
  const head = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 900\r\n\r\n';

  it('ends within 75 seconds', async () => {
    const sender = sending(head);
    sender.on('error', () => undefined).resume();
    const ended = once(sender, 'close');
    await once(fastify.server, 'request');
    for (let seconds = 0; seconds < 75; seconds += 15) {
      await jest.advanceTimersByTimeAsync(15_000);
      sender.write('x');
    }
    await expect(ended).resolves.toBeDefined();
  });

  it('is waited for while it comes', async () => {
    const sender = sending(head.replace('900', '100000'));
    const [request] = (await once(fastify.server, 'request')) as [IncomingMessage];
    const connection = request.socket;
    for (let looks = 0; looks < 10; looks += 1) {
      const { bytesRead } = connection;
      sender.write('x'.repeat(5_000));
      while (connection.bytesRead < bytesRead + 5_000) await new Promise((resolve) => setImmediate(resolve));
      await jest.advanceTimersByTimeAsync(15_000);
    }
    expect(sender.destroyed).toBe(false);
    sender.destroy();
  });
});

describe('the address of a caller', () => {
  const forwarded = { 'x-forwarded-for': '1.1.1.1, 2.2.2.2' };

  it.each([
    ['its own, whatever it says, where no proxy is trusted', 0, '127.0.0.1'],
    ['the one that the proxy met, whatever the caller said to the proxy', 1, '2.2.2.2'],
  ])('is %s', async (_what, trustedProxies, expected) => {
    const behind = createHttpAdapter({ port: 0, host: '127.0.0.1', bodyLimit: 1_000, trustedProxies }).getInstance();
    behind.get('/', async ({ ip }) => ip);
    const { body } = await behind.inject({ url: '/', headers: forwarded });
    await behind.close();
    expect(body).toBe(expected);
  });
});
