import { hostId, subscriptionState, type ErrorCode } from '@account-backups/contracts';
import { openApiDocument, type Operation } from '@account-backups/service-kit/openapi';
import { z } from 'zod';
import { endBody, expiringQuery, extendBody, listQuery, startBody } from './bodies.js';

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
  timeZone: z.string(),
  ...subscriptionState.shape,
  terms: z.array(term),
  history: z.array(change),
});
const listed = z.object({
  items: z.array(
    z.object({ accountId: hostId, accountName: z.string(), timeZone: z.string(), ...subscriptionState.shape }),
  ),
  nextCursor: z.string().nullable(),
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

const json = (schema: z.ZodType) => ({ type: 'application/json', schema });
const always = ['VALIDATION_FAILED', 'UNAUTHENTICATED', 'SCOPE_MISSING', 'UNAVAILABLE'] as const;

const ofAccount = (conflicts: readonly ErrorCode[] = []) => ({
  outcome: 'The subscription as it is now',
  replies: [json(subscription)],
  errors: [...always, 'NOT_FOUND' as const, ...conflicts],
});

const path = '/v1/accounts/{accountId}/subscription';
const operations: readonly Operation[] = [
  {
    method: 'get',
    path,
    operationId: 'getSubscription',
    summary: 'The term that counts, all terms and their history',
    ...ofAccount(),
  },
  {
    method: 'put',
    path,
    operationId: 'startTerm',
    summary: 'Starts a term',
    body: json(startBody),
    ...ofAccount(['TERM_OVERLAPS']),
  },
  {
    method: 'post',
    path: `${path}/extend`,
    operationId: 'extendTerm',
    summary: 'Makes the current term longer, else the next, else the last one',
    body: json(extendBody),
    ...ofAccount(['TERM_NOT_FOUND', 'TERM_OVERLAPS']),
  },
  {
    method: 'post',
    path: `${path}/end`,
    operationId: 'endTerm',
    summary: 'Ends the current term, else the next one; by default today is its last day',
    body: { ...json(endBody), optional: true },
    ...ofAccount(['TERM_NOT_FOUND']),
  },
  {
    method: 'get',
    path: '/v1/subscriptions',
    operationId: 'listSubscriptions',
    summary: 'All accounts with the term that counts; by state, by a part of the name in any case and form',
    query: listQuery,
    outcome: 'By account',
    replies: [json(listed)],
    errors: always,
  },
  {
    method: 'get',
    path: '/v1/subscriptions/expiring',
    operationId: 'listExpiring',
    summary: 'The terms that end within some days and that no other one follows; all of them as CSV',
    query: expiringQuery,
    outcome: 'By last day, then account',
    replies: [json(expiring), { type: 'text/csv', schema: z.string() }],
    errors: always,
  },
];

/** The HTTP API of this service, made from the same schemas that check requests. */
export const openApi = openApiDocument(
  {
    info: {
      title: 'Account Backups: subscriptions',
      version: '1',
      description: 'Days are inclusive and in the time zone of the account; instants are UTC.',
    },
    security: [{ bearer: [] }],
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'with the scope `subscriptions`' },
    },
  },
  operations,
);
