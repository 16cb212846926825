import http from 'node:http';
import https from 'node:https';
import { Client } from 'minio';
import type { S3Address } from './store-url.js';

/** A connection on which nothing moves for so long is given up. */
export const SILENCE_MS = 30_000;
const MOST_SOCKETS = 64;

/** The client and its sockets, so that they can be let go of. */
export interface S3Connection {
  readonly client: Client;
  readonly agent: http.Agent;
}

/**
 * A client for an S3 endpoint, path style. A connection on which nothing moves for 30 s is given up. The client does
 * not try again by itself: whoever calls knows whether that is right.
 */
export function connectS3({ host, port, tls, region, accessKey, secretKey }: S3Address): S3Connection {
  const agent = tls
    ? new https.Agent({ keepAlive: true, maxSockets: MOST_SOCKETS })
    : new http.Agent({ keepAlive: true, maxSockets: MOST_SOCKETS });
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
