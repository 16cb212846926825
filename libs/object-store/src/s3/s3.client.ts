import http from 'node:http';
import https from 'node:https';
import { Client } from 'minio';
import type { S3Address } from '../store-url.js';

/** A connection that is silent for this long is dropped. */
export const SILENCE_MS = 30_000;
/** Less than any server waits before it closes an idle connection: a request must not meet that. */
const IDLE_MS = 4_000;
const SOCKETS = { keepAlive: true, maxSockets: 64, timeout: IDLE_MS } as const;

/** The client and its sockets, so that they can be closed. */
export interface S3Connection {
  readonly client: Client;
  readonly agent: http.Agent;
}

/**
 * A client for an S3 endpoint, path style. It never retries by itself: only the caller knows whether that is right.
 */
export function connectS3({ host, port, tls, region, accessKey, secretKey }: S3Address): S3Connection {
  const agent = tls ? new https.Agent(SOCKETS) : new http.Agent(SOCKETS);
  const request: typeof http.request = (...args: unknown[]) => {
    const make = (tls ? https.request : http.request) as (...all: unknown[]) => http.ClientRequest;
    const made = make(...args);
    return made.setTimeout(SILENCE_MS, () => made.destroy(new Error(`nothing moved for ${SILENCE_MS} ms`)));
  };
  const client = new Client({
    endPoint: host,
    port,
    useSSL: tls,
    accessKey,
    secretKey,
    region,
    pathStyle: true,
    transportAgent: agent,
    transport: { request },
    retryOptions: { disableRetry: true },
  });
  return { client, agent };
}
