import type { ErrorCode } from '@account-backups/contracts';
import { openApiDocument, type ApiHead, type Operation } from '@account-backups/service-kit/openapi';
import { sessionCookie } from '../identity/sessions.js';
import { examples } from './examples.js';
import { routes, type Route } from './routes.js';

const OPEN: readonly ErrorCode[] = ['TOO_MANY_REQUESTS', 'UNAVAILABLE'];
const CLOSED: readonly ErrorCode[] = ['UNAUTHENTICATED', 'SCOPE_MISSING', ...OPEN];

const access: Readonly<Record<Route['scope'], Pick<Operation, 'description' | 'tags' | 'security' | 'errors'>>> = {
  backups: {
    description: 'Needs the scope `backups`.',
    tags: ['backups'],
    security: [{ bearer: [] }, { session: [] }],
    errors: CLOSED,
  },
  provisioning: {
    description: 'Needs the scope `provisioning`.',
    tags: ['provisioning'],
    security: [{ bearer: [] }],
    errors: CLOSED,
  },
  none: { description: 'Open to anyone.', tags: ['public'], security: [], errors: OPEN },
};

/** The OpenAPI 3.1 document of the gateway's API, made from the schemas that check it. */
export function openApi(publicUrl: string): object {
  const head: ApiHead = {
    info: { title: 'Account Backups', version: '1' },
    servers: [{ url: publicUrl }],
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      session: { type: 'apiKey', in: 'cookie', name: sessionCookie({ PUBLIC_URL: publicUrl }) },
    },
  };
  return openApiDocument(head, routes.map(operation));
}

function operation({ scope, body, reply, errors, ...route }: Route): Operation {
  const allowed = access[scope];
  const example = examples[route.operationId];
  return {
    ...route,
    ...allowed,
    ...(body && { body: { ...body, example: example?.body } }),
    replies: reply ? [{ ...reply, example: example?.reply }] : [],
    errors: [...errors, ...allowed.errors],
  };
}
