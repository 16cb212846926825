import { createServer, type Server } from 'node:http';
import type { Readiness } from './readiness.js';
import { metrics } from './metrics.js';

interface PrivateAddress {
  readonly HEALTH_PORT: number;
  readonly HEALTH_HOST: string;
}

/**
 * The port for operations, never for callers: `/health/live`, `/health/ready` (200 or 503, with each part),
 * `/metrics` (Prometheus text format).
 */
export async function openPrivatePort(
  { HEALTH_PORT: port, HEALTH_HOST: host }: PrivateAddress,
  readiness: Readiness,
): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request.url ?? '', readiness).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return server;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function answer(path: string, readiness: Readiness): Promise<Answer> {
  if (path === '/health/live') return json(200, { live: true });
  if (path === '/health/ready') {
    const report = await readiness.report();
    return json(report.ready ? 200 : 503, report);
  }
  if (path === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.metrics() };
  return json(404, { message: 'expected /health/live, /health/ready or /metrics' });
}

function json(status: number, body: unknown): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}
