// A TCP proxy that a test can cut, hang, slow down or break half-way: what lies between a process and a part of it.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Wire {
  readonly port: number;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Nothing gets through any more, and nobody is told; connections stay. */
  hang(): void;
  /** Each chunk arrives this much later. */
  slow(latencyMs: number): void;
  /** After so many more bytes in either direction every connection breaks, once. */
  breakAfter(bytes: number): void;
  /** As if nothing had been; connections that hung go on. */
  mend(): void;
  close(): void;
}

type State = 'open' | 'cut' | 'hung';

/** Listens on a free port and forwards to a port of `targets`, each as good as the others; the first that answers. */
export async function openWire(targets: () => readonly number[]): Promise<Wire> {
  const sockets = new Set<Socket>();
  let state: State = 'open';
  let latencyMs = 0;
  let bytesLeft = Infinity;

  const cutAll = () => sockets.forEach((socket) => socket.destroy());
  const counted = (bytes: number) => {
    bytesLeft -= bytes;
    if (bytesLeft > 0) return;
    bytesLeft = Infinity;
    cutAll();
  };
  const track = (socket: Socket) => {
    sockets.add(socket);
    if (state === 'hung') socket.pause();
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const pass = (from: Socket, to: Socket) => {
    from.on('data', (chunk) => {
      counted(chunk.length);
      const forward = () => {
        if (to.writable && !to.write(chunk) && state !== 'hung') from.pause();
      };
      if (latencyMs > 0) setTimeout(forward, latencyMs);
      else forward();
    });
    to.on('drain', () => state !== 'hung' && from.resume());
    from.on('close', () => setTimeout(() => to.destroy(), latencyMs));
    from.on('end', () => setTimeout(() => to.end(), latencyMs));
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    track(near);
    near.pause();
    void firstOf(targets()).then((far) => {
      if (!far || near.destroyed) {
        near.destroy();
        far?.destroy();
        return;
      }
      track(far);
      pass(near, far);
      pass(far, near);
      if (state !== 'hung') near.resume();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut';
      cutAll();
    },
    hang: () => {
      state = 'hung';
      sockets.forEach((socket) => socket.pause());
    },
    slow: (ms) => {
      latencyMs = ms;
    },
    breakAfter: (bytes) => {
      bytesLeft = bytes;
    },
    mend: () => {
      state = 'open';
      latencyMs = 0;
      bytesLeft = Infinity;
      sockets.forEach((socket) => socket.resume());
    },
    close: () => {
      cutAll();
      server.close();
    },
  };
}

/** Each connection begins at the next of them. */
export function inTurn(ports: readonly number[]): () => readonly number[] {
  let turn = 0;
  return () => {
    turn += 1;
    return ports.map((_, number) => ports[(number + turn) % ports.length] ?? 0);
  };
}

async function firstOf(ports: readonly number[]): Promise<Socket | undefined> {
  for (const port of ports) {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const reached = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    if (reached) return socket;
    socket.destroy();
  }
  return undefined;
}
