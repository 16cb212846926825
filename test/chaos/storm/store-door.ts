// Before an S3 server: lets everything through, or answers all that writes as a store does that is full or read-only.
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

const refusals = {
  full: {
    status: 507,
    code: 'XMinioStorageFull',
    message: 'Storage backend has reached its minimum free drive threshold.',
  },
  'read-only': { status: 403, code: 'AccessDenied', message: 'Access Denied.' },
} as const;

export type StoreRefusal = keyof typeof refusals;

export interface StoreDoor {
  readonly port: number;
  /** Null: everything goes through. */
  refuse(kind: StoreRefusal | null): void;
  close(): void;
}

export async function openStoreDoor(targetPort: number): Promise<StoreDoor> {
  let kind: StoreRefusal | null = null;
  const server = createServer((incoming, outgoing) => {
    const isWrite = incoming.method !== 'GET' && incoming.method !== 'HEAD';
    const served = kind && isWrite ? refuse(kind, incoming, outgoing) : forward(targetPort, incoming, outgoing);
    // Whoever went away half-way sees what a broken connection is.
    served.catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    refuse: (next) => {
      kind = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function refuse(kind: StoreRefusal, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { status, code, message } = refusals[kind];
  // Read to its end, as servers do; a space that is full may take the bytes and then refuse them.
  for await (const _chunk of incoming);
  outgoing.writeHead(status, { 'content-type': 'application/xml' });
  outgoing.end(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
}

async function forward(port: number, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method, url, headers } = incoming;
  const asked = ask({ host: '127.0.0.1', port, method, path: url, headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve).once('error', reject);
  });
  const sent = pipeline(incoming, asked);
  const answer = await Promise.race([answered, sent.then(() => answered)]);
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  await pipeline(answer, outgoing);
  await sent.catch(() => undefined);
}
