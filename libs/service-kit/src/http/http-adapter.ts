import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asAppError } from '../errors/as-app-error.js';
import { fromFramework } from '../errors/framework-error.js';
import { addAnswerHeaders, answerHeaders, answerUnparsed } from './answer-headers.js';
import { meantBody } from './body-headers.js';
import { addressBelow } from './address-below.js';
import type { HttpDefinition } from './http-definition.js';
import { endSlowSenders } from './slow-senders.js';
import { sendProblem } from '../errors/problem.js';

const HEADERS_TIMEOUT_MS = 30_000;
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Fastify as we use it: bounded bodies, every proxy hop counted, no header that says what we run on. */
export function createHttpAdapter(http: HttpDefinition): FastifyAdapter {
  const always = answerHeaders(http.onlyHttps ?? false);
  const adapter = new FastifyAdapter({
    bodyLimit: http.bodyLimit,
    trustProxy: (_address, hop) => hop < (http.trustedProxies ?? 0),
    // An address that cannot be read reaches neither a route nor the filter of errors.
    frameworkErrors: (error: unknown, _request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, fromFramework(error) ?? asAppError(error)),
    clientErrorHandler: (error, socket) => answerUnparsed(error, socket, always),
    rewriteUrl: (request: IncomingMessage) => addressBelow(http.publicPath ?? '', request.url ?? '/'),
    forceCloseConnections: 'idle',
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    requestTimeout: 0,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    routerOptions: { maxParamLength: 500 },
  });
  addAnswerHeaders(adapter.getInstance(), always);
  endSlowSenders(adapter.getInstance());
  adapter.getInstance().addHook('preParsing', async ({ headers, method }, _reply, payload) => {
    if (WITHOUT_BODY.has(method)) return payload;
    const body = meantBody(headers, payload as Readable);
    if (body === payload) return payload;
    // Fastify compares it with Content-Length, which is that of the coded body.
    return Object.assign(body, { receivedEncodedLength: Number(headers['content-length'] ?? 0) });
  });
  return adapter;
}
