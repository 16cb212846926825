import { errorCodes, hostId, subscriptionState, type ErrorCode } from '@account-backups/contracts';
import { z } from 'zod';
import { endBody, expiringQuery, extendBody, startBody } from './bodies.js';

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
});

const day = z.iso.date();
const instant = z.iso.datetime();
const reference = z.string().nullable();
const term = z.object({ startsOn: day, endsOn: day, startsAt: instant, endsAt: instant, reference });
const change = z.object({
  at: instant,
  by: z.string(),
  action: z.enum(['started', 'extended', 'ended', 'withdrawn']),
  startsOn: day,
  endsOn: day,
  reference,
  note: z.string(),
});
const subscription = z.object({
  accountId: hostId,
  ...subscriptionState.shape,
  terms: z.array(term),
  history: z.array(change),
});
const expiringTerm = z.object({
  accountId: hostId,
  accountName: z.string(),
  startsOn: day,
  endsOn: day,
  endsAt: instant,
  reference,
  daysLeft: z.int(),
});
const expiring = z.object({ items: z.array(expiringTerm), nextCursor: z.string().nullable() });

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
};
const json = (schema: z.ZodType, io: 'input' | 'output') => ({ 'application/json': { schema: schemaOf(schema, io) } });
const refusal = (codes: readonly ErrorCode[]) => ({
  description: codes.map((code) => `\`${code}\`: ${errorCodes[code].title}`).join('; '),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const refusals = {
  '400': refusal(['VALIDATION_FAILED']),
  '401': refusal(['UNAUTHENTICATED']),
  '403': refusal(['SCOPE_MISSING']),
  '503': refusal(['UNAVAILABLE']),
};
const ofAccount = { ...refusals, '404': refusal(['NOT_FOUND']) };
const shown = { description: 'The subscription as it is now', content: json(subscription, 'output') };

const changing = (summary: string, body: z.ZodType, conflicts: readonly ErrorCode[]) => ({
  summary,
  requestBody: { required: body !== endBody, content: json(body, 'input') },
  responses: { '200': shown, ...ofAccount, '409': refusal(conflicts) },
});

const querySchema = schemaOf(expiringQuery, 'input') as { properties: Record<string, object> };
const inPath = { name: 'accountId', in: 'path', required: true, schema: schemaOf(hostId, 'input') };

/** The HTTP API of this service, made from the same schemas that check requests (OpenAPI 3.1). */
export const openApi = {
  openapi: '3.1.0',
  info: {
    title: 'Account Backups: subscriptions',
    version: '1',
    description: 'Days are inclusive and in the time zone of the account; instants are UTC.',
  },
  security: [{ bearer: [] }],
  paths: {
    '/v1/accounts/{accountId}/subscription': {
      parameters: [inPath],
      get: { summary: 'The term that counts, all terms and their history', responses: { '200': shown, ...ofAccount } },
      put: changing('Starts a term', startBody, ['TERM_OVERLAPS']),
    },
    '/v1/accounts/{accountId}/subscription/extend': {
      parameters: [inPath],
      post: changing('Makes the current term longer, else the next, else the last one', extendBody, [
        'TERM_NOT_FOUND',
        'TERM_OVERLAPS',
      ]),
    },
    '/v1/accounts/{accountId}/subscription/end': {
      parameters: [inPath],
      post: changing('Ends the current term, else the next one; by default today is its last day', endBody, [
        'TERM_NOT_FOUND',
      ]),
    },
    '/v1/subscriptions/expiring': {
      get: {
        summary: 'The terms that end within some days and that no other one follows; all of them as CSV',
        parameters: Object.entries(querySchema.properties).map(([name, schema]) => ({ name, in: 'query', schema })),
        responses: {
          '200': {
            description: 'By last day, then account',
            content: { ...json(expiring, 'output'), 'text/csv': { schema: { type: 'string' } } },
          },
          ...refusals,
        },
      },
    },
  },
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'with the scope `subscriptions`' },
    },
    schemas: { Problem: schemaOf(problem, 'output') },
  },
};
