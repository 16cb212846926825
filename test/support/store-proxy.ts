// An HTTP proxy in front of the real store: slow responses, truncated responses, and an unreachable store.
import { once } from 'node:events';
import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProxyRules {
  /** Delay before a call is forwarded. */
  latencyMs?: number;
  /** Cuts every connection. */
  isAway?: boolean;
  /** The number of bytes after which the response to this call breaks off; undefined: never. */
  cutAfter?: (request: IncomingMessage) => number | undefined;
}

export interface StoreProxy {
  /** Use it in place of the store's URL. */
  readonly url: string;
  /** Method and path of each call so far. */
  readonly calls: readonly string[];
  readonly rules: ProxyRules;
  close(): void;
}

/** Listens on a free port. `rules` are read at each call, so a test may change them as it goes. */
export async function openStoreProxy(storeUrl: string, rules: ProxyRules = {}): Promise<StoreProxy> {
  const target = new URL(storeUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const sockets = new Set<Socket>();
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    forward(request, response).catch(() => response.destroy());
  });
  // Else a call on a connection that has just been idle for five seconds may be cut, which no rule asked for.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(storeUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    calls,
    rules,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      agent.destroy();
    },
  };

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (rules.isAway) return void request.socket.destroy();
    if (rules.latencyMs) await sleep(rules.latencyMs);
    const { method, url: path, headers } = request;
    const onward = send({ host: target.hostname, port: target.port, method, path, headers, agent });
    request.pipe(onward);
    request.on('error', () => onward.destroy());
    response.on('close', () => onward.destroy());
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    answer.on('error', () => response.destroy());
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    const bound = rules.cutAfter?.(request);
    if (bound === undefined) return void answer.pipe(response);
    await passOn(answer, response, bound);
  }
}

/** The first `bound` bytes of the answer; then the connection breaks. */
async function passOn(answer: IncomingMessage, response: ServerResponse, bound: number): Promise<void> {
  let sent = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    sent += chunk.length;
    response.write(chunk);
    if (sent < bound) continue;
    response.destroy();
    return;
  }
  response.end();
}
