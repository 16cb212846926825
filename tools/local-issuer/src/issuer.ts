import { createServer, type RequestListener, type Server } from 'node:http';
import type { Bus } from '@account-backups/messaging';
import type { IssuerConfig } from './config.js';
import type { EventLines } from './event-lines.js';
import { Interaction } from './interaction.js';
import { People } from './people.js';
import { createProvider } from './provider.js';

/** The two servers of the issuer: for browsers and programs, and for operations. */
export async function startIssuer(config: IssuerConfig, bus: Bus, log: EventLines): Promise<{ close(): void }> {
  const people = new People(bus);
  const provider = await createProvider(config, people);
  provider.on('server_error', (_context, error) => log.write('error', 'issuer.failed', { error }));
  const interaction = new Interaction(provider, people, config);
  const answer = provider.callback();
  const door = createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    interaction.handle(request, response).catch((error: unknown) => {
      log.write('error', 'interaction.failed', { error });
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  const servers = [
    await listen(door, config.port, config.host),
    await listen(createServer(health(bus)), config.healthPort, config.healthHost),
  ];
  return {
    close: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function health(bus: Bus): RequestListener {
  return (request, response) => {
    const { up } = bus.state();
    const ok = request.url === '/health/live' || (request.url === '/health/ready' && up);
    response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ bus: up }));
  };
}

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
