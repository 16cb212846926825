import { Readable } from 'node:stream';
import { AppError, MIB } from '@account-backups/contracts';
import { hasDigest } from '@account-backups/service-kit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** Of a JSON body, on routes that name no other limit. */
export const MAX_BODY_BYTES = MIB;

const MAX_DIRECTORY_BYTES = 64 * MIB;
/** Of documents that come with a digest. */
const MAX_CHECKED_BYTES = 64 * MIB;

/** Routes that take their body as a stream, whatever content type it claims. */
const streamed = /\/provisioning\/accounts\/:accountId\/(documents|files\/:fileId)$/;
const documents = /\/provisioning\/accounts\/:accountId\/documents$/;
const form = /\/auth\/back-channel-logout$/;
const large = /\/provisioning\/accounts\/:accountId\/directory$/;

/**
 * Bodies are JSON objects of a bounded size, except on the routes that stream, and a form where issuers send one.
 * Anything else is refused with `UNSUPPORTED_MEDIA_TYPE`, `PAYLOAD_TOO_LARGE` or `VALIDATION_FAILED` before a handler
 * runs.
 */
export function configureBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const route = request.routeOptions.url ?? '';
    // Registered batch by batch: what must be as its digest says is read to its end first.
    if (documents.test(route) && hasDigest(request.headers))
      return Readable.from([await readAll(payload, MAX_CHECKED_BYTES)]);
    if (streamed.test(route)) return payload;
    const type = request.headers['content-type'] ?? '';
    if (form.test(route) && /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
      return Object.fromEntries(new URLSearchParams((await readAll(payload, MAX_BODY_BYTES)).toString()));
    }
    if (!/^application\/json\s*(;|$)/i.test(type)) return refuseUnlessEmpty(request, type);
    const limit = large.test(route) ? MAX_DIRECTORY_BYTES : MAX_BODY_BYTES;
    if (Number(request.headers['content-length']) > limit) throw tooLarge(limit);
    return readJson(payload, limit);
  });
}

function refuseUnlessEmpty(request: FastifyRequest, type: string): undefined {
  if (request.headers['content-length'] === '0') return undefined;
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', `content type ${type.slice(0, 100)}: expected application/json`);
}

function tooLarge(limit: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `the body is larger than ${limit} bytes`);
}

async function readAll(payload: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Destroying the stream would close the connection before the refusal is sent.
  for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readJson(payload: Readable, limit: number): Promise<unknown> {
  const bytes = await readAll(payload, limit);
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', 'the body is not JSON in UTF-8', {
      cause,
      errors: [{ path: '', message: 'expected JSON in UTF-8' }],
    });
  }
}
