import { errorCodes, hostId, type ErrorCode } from '@account-backups/contracts';
import type { z } from 'zod';
import { examples } from './examples.js';
import { jsonSchemaOf } from './json-schema.js';
import { routes, type Route } from './routes.js';

const OPEN: readonly ErrorCode[] = ['TOO_MANY_REQUESTS', 'UNAVAILABLE'];

const access = {
  backups: {
    needs: 'Needs the scope `backups`.',
    security: [{ bearer: [] }, { session: [] }],
    errors: ['UNAUTHENTICATED', 'SCOPE_MISSING', ...OPEN],
  },
  provisioning: {
    needs: 'Needs the scope `provisioning`.',
    security: [{ bearer: [] }],
    errors: ['UNAUTHENTICATED', 'SCOPE_MISSING', ...OPEN],
  },
  none: { needs: 'Open to anyone.', security: [], errors: OPEN },
} as const satisfies Record<Route['scope'], object>;

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

function operation(route: Route) {
  const { operationId, summary, scope, path, query, headers, body, errors } = route;
  const { needs, security, errors: always } = access[scope];
  const example = examples[operationId]?.body;
  return {
    operationId,
    tags: [scope === 'none' ? 'public' : scope],
    summary,
    description: needs,
    security,
    parameters: [...inPath(path), ...inQuery(query), ...inHeader(headers)],
    ...(body && {
      requestBody: { required: true, content: { [body.type]: contentOf(body.schema, 'input', example) } },
    }),
    responses: { ...successes(route), ...failures([...errors, ...always]) },
  };
}

function successes({ operationId, status, partial, reply }: Route): Record<string, unknown> {
  const example = examples[operationId]?.reply;
  const content = reply && { content: { [reply.type]: contentOf(reply.schema, 'output', example) } };
  return {
    [status]: { description: 'Done', ...content },
    ...(partial && { 206: { description: 'A part, as `Range` asked for', ...content } }),
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

function contentOf(schema: z.ZodType | undefined, io: 'input' | 'output', example: unknown): object {
  if (!schema) return { schema: { type: 'string', format: 'binary' } };
  return { schema: jsonSchemaOf(schema, io), ...(example !== undefined && { example }) };
}

function inPath(path: string): object[] {
  const schema = jsonSchemaOf(hostId, 'input');
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name ?? '', 'path', schema, true));
}

function inQuery(query: z.ZodType | undefined): object[] {
  if (!query) return [];
  const { properties = {} } = jsonSchemaOf(query, 'input');
  return Object.entries(properties).map(([name, schema]) => parameter(name, 'query', schema, false));
}

function inHeader(headers: Route['headers'] = {}): object[] {
  return Object.entries(headers).map(([name, description]) => ({
    ...parameter(name, 'header', { type: 'string' }, false),
    description,
  }));
}

function parameter(name: string, place: string, schema: unknown, required: boolean): object {
  return { name, in: place, required, schema };
}
