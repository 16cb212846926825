import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
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

const STRICT_TRANSPORT = { 'strict-transport-security': 'max-age=31536000' } as const;

type AnswerHeaders = Readonly<Record<string, string>>;

/** Those of a service that callers reach over https alone, or not. */
export function answerHeaders(onlyHttps: boolean): AnswerHeaders {
  return onlyHttps ? { ...ANSWER_HEADERS, ...STRICT_TRANSPORT } : ANSWER_HEADERS;
}

/** Sets them before any hook or route sees a request: no answer goes without them, whoever writes it. */
export function addAnswerHeaders({ server }: FastifyInstance, headers: AnswerHeaders): void {
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  });
}

/** The raw answer, for a route that writes it itself. */
export function takeOver(reply: FastifyReply): FastifyReply['raw'] {
  reply.hijack();
  // What cannot be written is told to whoever writes; without a listener it would end the process.
  return reply.raw.on('error', () => undefined);
}

/** Answers what the parser of HTTP refused, which no route and no hook sees, and ends the connection. */
export function answerUnparsed(error: Error & { readonly code?: string }, socket: Socket, always: AnswerHeaders): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body, type } = problemOf(refusalOf(error.code));
  const headers = { ...always, 'content-type': type, 'content-length': Buffer.byteLength(body) };
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'));
}

function refusalOf(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') return new AppError('HEADERS_TOO_LARGE', 'the headers are larger than 16 KiB');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new AppError('REQUEST_TOO_SLOW', 'the headers did not come in time');
  return new AppError('VALIDATION_FAILED', 'this is not a request of HTTP/1.1');
}
