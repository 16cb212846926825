// An HTTP proxy before the real store: late answers, answers that break off, and a store that is away.
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Listens on a free port. `rules` are read at each call, so that a test changes them as it goes. */
export async function openStoreProxy(storeUrl, rules = {}) {
  const target = new URL(storeUrl);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  const sockets = new Set();
  const calls = [];
  const server = http.createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    forward(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(storeUrl);
  url.hostname = '127.0.0.1';
  url.port = String(server.address().port);
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

  async function forward(request, response) {
    if (rules.isAway) return void request.socket.destroy();
    if (rules.latencyMs) await sleep(rules.latencyMs);
    const options = { host: target.hostname, port: target.port, method: request.method, path: request.url };
    const onward = http.request({ ...options, headers: request.headers, agent });
    request.pipe(onward);
    request.on('error', () => onward.destroy());
    response.on('close', () => onward.destroy());
    const [answer] = await once(onward, 'response');
    answer.on('error', () => response.destroy());
    response.writeHead(answer.statusCode, answer.headers);
    const bound = rules.cutAfter?.(request) ?? Infinity;
    if (bound === Infinity) return void answer.pipe(response);
    let sent = 0;
    for await (const chunk of answer) {
      sent += chunk.length;
      response.write(chunk);
      if (sent < bound) continue;
      response.destroy();
      return;
    }
    response.end();
  }
}
