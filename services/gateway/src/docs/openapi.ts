import { errorCodes, type ErrorCode } from '@account-backups/contracts';
import { z } from 'zod';
import { routes, type Route } from './routes.js';

const ALWAYS: readonly ErrorCode[] = ['UNAUTHENTICATED', 'SCOPE_MISSING', 'UNAVAILABLE'];

const problem = {
  type: 'object',
  description: 'RFC 9457, with a stable code',
  required: ['type', 'title', 'status', 'detail', 'code', 'errors'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(errorCodes) },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
};

/** The OpenAPI 3.1 document of the gateway's API, made from the schemas that check it. */
export function openApi(publicUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  return {
    openapi: '3.1.0',
    info: { title: 'Account Backups', version: '1' },
    servers: [{ url: publicUrl }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        session: { type: 'apiKey', in: 'cookie', name: 'account_backups_session' },
      },
      schemas: { Problem: problem },
    },
    paths,
  };
}

function operation({ summary, scope, path, query, headers, body, status, reply, errors }: Route) {
  const secured = scope === 'provisioning' ? [{ bearer: [] }] : [{ bearer: [] }, { session: [] }];
  return {
    summary,
    description: `Needs the scope \`${scope}\`.`,
    security: secured,
    parameters: [...inPath(path), ...inQuery(query), ...inHeader(headers)],
    ...(body && { requestBody: { required: true, content: { [body.type]: contentOf(body.schema, 'input') } } }),
    responses: {
      [status]: {
        description: 'Done',
        ...(reply && { content: { [reply.type]: contentOf(reply.schema, 'output') } }),
      },
      ...failures([...errors, ...ALWAYS]),
    },
  };
}

function failures(codes: readonly ErrorCode[]): Record<string, unknown> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries([...byStatus].map(([status, all]) => [status, { description: all.join(', '), content }]));
}

function contentOf(schema: z.ZodType | undefined, io: 'input' | 'output'): object {
  if (!schema) return { schema: { type: 'string', format: 'binary' } };
  const { $schema: _named, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return { schema: rest };
}

function inPath(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name ?? '', 'path', { type: 'string' }, true));
}

function inQuery(query: z.ZodType | undefined): object[] {
  if (!query) return [];
  const { properties = {} } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => parameter(name, 'query', schema, false));
}

function inHeader(headers: readonly string[] = []): object[] {
  return headers.map((name) => parameter(name, 'header', { type: 'string' }, false));
}

function parameter(name: string, place: string, schema: unknown, required: boolean): object {
  return { name, in: place, required, schema };
}
