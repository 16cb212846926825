// A door with TLS in front of a part of this machine, which has none.
import { readFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { TLSSocket } from 'node:tls';

/** Of whoever shall trust the doors. */
export const CERTIFICATE = fileURLToPath(new URL('certificates/certificate.pem', import.meta.url));
const KEY = fileURLToPath(new URL('certificates/key.pem', import.meta.url));

export interface TlsWire {
  readonly port: number;
  /** How many connections came encrypted. */
  readonly encrypted: () => number;
  close(): void;
}

/** Postgres asks in the clear whether it may speak TLS, and is told so. */
const POSTGRES_ASKS = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Leads to `host:port`; with `asksFirst` as a Postgres server does. */
export async function tlsWire(host: string, port: number, { asksFirst = false } = {}): Promise<TlsWire> {
  const [key, cert] = await Promise.all([readFile(KEY), readFile(CERTIFICATE)]);
  let encrypted = 0;
  const open = new Set<Socket>();
  const enter = (socket: Socket) => {
    const near = new TLSSocket(socket, { isServer: true, key, cert });
    near.once('secure', () => (encrypted += 1));
    pipeline(near, connect(port, host), near, () => socket.destroy());
  };
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
    if (!asksFirst) return enter(socket);
    socket.once('data', (asked: Buffer) => {
      if (!asked.equals(POSTGRES_ASKS)) return socket.destroy();
      socket.write('S');
      return enter(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    encrypted: () => encrypted,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
