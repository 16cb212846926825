import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '@account-backups/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { problemOf } from '../errors/problem.js';

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** Headers of every answer; a route may set others. */
const ANSWER_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const;

/** Adds the headers of every answer to those that Fastify sends. */
export function addAnswerHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (_request, reply, payload) => {
    setAnswerHeaders(reply);
    return payload;
  });
}

/** Sets those that the answer does not have yet; for an answer that no hook sees. */
export function setAnswerHeaders(reply: FastifyReply): FastifyReply {
  for (const [name, value] of Object.entries(ANSWER_HEADERS)) {
    if (!reply.hasHeader(name)) void reply.header(name, value);
  }
  return reply;
}

/** The raw answer, with the headers of every answer set, for a route that writes it itself. */
export function takeOver(reply: FastifyReply): FastifyReply['raw'] {
  reply.hijack();
  for (const [name, value] of Object.entries(ANSWER_HEADERS)) reply.raw.setHeader(name, value);
  // What cannot be written is told to whoever writes; without a listener it would end the process.
  return reply.raw.on('error', () => undefined);
}

/** Of every answer where callers come over https. */
export const STRICT_TRANSPORT = { 'strict-transport-security': 'max-age=31536000' } as const;

/** Answers what the parser of HTTP refused, which no route and no hook sees, and ends the connection. */
export function answerUnparsed(
  error: Error & { readonly code?: string },
  socket: Socket,
  more: Readonly<Record<string, string>> = {},
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body, type } = problemOf(refusalOf(error.code));
  const headers = { ...ANSWER_HEADERS, ...more, 'content-type': type, 'content-length': Buffer.byteLength(body) };
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'));
}

function refusalOf(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') return new AppError('HEADERS_TOO_LARGE', 'the headers are larger than 16 KiB');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new AppError('REQUEST_TOO_SLOW', 'the headers did not come in time');
  return new AppError('VALIDATION_FAILED', 'this is not a request of HTTP/1.1');
}
