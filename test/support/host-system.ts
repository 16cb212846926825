// A host system: its own address, the gateway behind one of its paths, and the gateway's page inside one of its pages.
import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

export interface HostSystem {
  readonly url: string;
  /** Where it forwards calls; set once the gateway is up. */
  gatewayUrl: string;
  stop(): Promise<void>;
}

export interface HostPage {
  readonly port: number;
  /** The path it forwards. */
  readonly path: string;
  readonly html: string;
  /** Whether it strips the path first, as many proxies do. */
  readonly strips: boolean;
}

export async function startHostSystem({ port, path, html, strips }: HostPage): Promise<HostSystem> {
  const host = { url: `http://localhost:${port}`, gatewayUrl: '' };
  const server = createServer((request, response) => {
    const address = request.url ?? '/';
    if (!address.startsWith(`${path}/`)) {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
      return;
    }
    const target = new URL(strips ? address.slice(path.length) : address, host.gatewayUrl);
    passOn(request, response, target).catch(() => response.destroy());
  }).listen(port);
  await once(server, 'listening');
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return Object.assign(host, { stop });
}

async function passOn(request: IncomingMessage, response: ServerResponse, target: URL): Promise<void> {
  const outgoing = send(target, { method: request.method ?? 'GET', headers: request.headers });
  response.once('close', () => outgoing.destroy());
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  // A browser that leaves breaks both off; the pipeline reports it.
  answered.catch(() => undefined);
  await pipeline(request, outgoing);
  const [answer] = await answered;
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  response.flushHeaders();
  await pipeline(answer, response);
}
