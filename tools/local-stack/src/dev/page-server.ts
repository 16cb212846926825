// The page with hot reload, at the address that people and issuers know the gateway by.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'vite';

/** What the gateway answers itself; everything else is the page. */
const OF_THE_GATEWAY = '^/(api|auth|docs|embed\\.js|sign-in|sign-out)(/|\\?|$)';

interface PageServerOptions {
  readonly root: string;
  readonly port: number;
  readonly gatewayPort: number;
  /** Its host name is answered, beside those of this machine. */
  readonly publicUrl: string;
}

interface PageServer {
  close(): Promise<void>;
}

/** Serves the page from its sources on `port`, and passes on to the gateway what is not the page's. */
export async function servePage({ root, port, gatewayPort, publicUrl }: PageServerOptions): Promise<PageServer> {
  const { createLogger, createServer: createVite } = await import('vite');
  const server = createServer();
  const vite = await createVite({
    configFile: join(root, 'services/gateway/web/vite.config.ts'),
    customLogger: withoutRefusedCalls(createLogger('warn')),
    server: {
      // A server of its own would end this process when SIGTERM comes, before the services are drained.
      middlewareMode: true,
      allowedHosts: [new URL(publicUrl).hostname],
      // Not the whole checkout: secrets lie in it.
      fs: {
        allow: [
          join(root, 'services/gateway/web'),
          join(root, 'node_modules'),
          join(root, 'services/gateway/node_modules'),
        ],
      },
      ws: { server },
      // The Host and Origin headers stay: the gateway must see the address that the browser sees.
      proxy: { [OF_THE_GATEWAY]: { target: `http://127.0.0.1:${gatewayPort}` } },
    },
  });
  server.on('request', vite.middlewares);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    close: async () => {
      await vite.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** While the gateway restarts, an open page keeps calling it; the page itself says so. */
function withoutRefusedCalls(logger: Logger): Logger {
  return {
    ...logger,
    error: (message, options) => {
      const refused = options?.error && 'code' in options.error && options.error.code === 'ECONNREFUSED';
      if (!refused) logger.error(message, options);
    },
  };
}
