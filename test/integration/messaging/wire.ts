// A wire to the broker that can go bad at a chosen moment.
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Wire {
  readonly url: string;
  /** What happens, once, to the connection on which the client first sends this text. */
  spoilAt(text: string, how: 'silence' | 'reset'): void;
  /** Open sockets: two for each client. */
  openEnds(): number;
  close(): Promise<void>;
}

/** Listens on a port of its own and passes bytes between its clients and the broker at `brokerUrl`. */
export async function openWire(brokerUrl: string): Promise<Wire> {
  const broker = new URL(brokerUrl);
  const open = new Set<Socket>();
  let plan: { readonly text: string; readonly how: 'silence' | 'reset' } | undefined;

  const server = createServer((client) => {
    const behind = connect(Number(broker.port), broker.hostname);
    for (const socket of [client, behind]) {
      open.add(socket.on('error', () => undefined));
      socket.on('close', () => {
        open.delete(socket);
        for (const end of [client, behind]) end.destroy();
      });
    }
    behind.pipe(client);
    client.on('data', (bytes) => {
      if (!plan || !bytes.includes(plan.text)) return behind.write(bytes);
      const { how } = plan;
      plan = undefined;
      return how === 'silence' ? behind.unpipe(client) : client.resetAndDestroy();
    });
  });
  const url = new URL(brokerUrl);
  url.port = String(await listen(server));
  return {
    url: url.href,
    spoilAt: (text, how) => {
      plan = { text, how };
    },
    openEnds: () => open.size,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
