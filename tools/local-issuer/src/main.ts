import { createServer, type RequestListener } from 'node:http';
import { connectBus } from '@account-backups/messaging';
import { Logger } from '@nestjs/common';
import { readConfig } from './config.js';
import { Interaction } from './interaction.js';
import { People } from './people.js';
import { createProvider } from './provider.js';

Logger.overrideLogger(['error', 'warn']);
const config = readConfig(process.env);
const bus = connectBus({ url: config.rabbitmqUrl, name: 'local-issuer' });
const people = new People(bus);
const provider = await createProvider(config, people);
const interaction = new Interaction(provider, people, config);
const answer = provider.callback();

provider.on('server_error', (_context, error) => log('error', 'issuer.failed', error));

const issuer = createServer((request, response) => {
  if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
  interaction.handle(request, response).catch((error: unknown) => {
    log('error', 'interaction.failed', error);
    response.writeHead(500).end();
  });
});

const health: RequestListener = (request, response) => {
  const ready = request.url === '/health/live' || bus.state().up;
  response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ ready }));
};
const operations = createServer(health);

await bus.connect();
await listen(issuer, config.port);
await listen(operations, config.healthPort);
log('info', 'service.started');

for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, () => void end());

async function end(): Promise<void> {
  issuer.close();
  issuer.closeAllConnections();
  operations.close();
  operations.closeAllConnections();
  await bus.close();
  process.exit(0);
}

function listen(server: typeof issuer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve());
  });
}

function log(level: string, event: string, error?: unknown): void {
  const text = error instanceof Error ? { error: { message: error.message, stack: error.stack } } : {};
  process.stdout.write(
    `${JSON.stringify({ level, time: new Date().toISOString(), service: 'local-issuer', event, ...text })}\n`,
  );
}
