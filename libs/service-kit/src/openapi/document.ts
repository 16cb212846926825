import { hostId, type ErrorCode } from '@account-backups/contracts';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiContentObject,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { schemaOptions } from './json-schema.js';
import { refusals } from './refusals.js';

/** A body or an answer. Without a schema it is bytes. */
export interface Content {
  readonly type: string;
  readonly schema?: z.ZodType;
  readonly example?: unknown;
}

/** One call of an HTTP API. */
export interface Operation {
  readonly method: 'delete' | 'get' | 'head' | 'post' | 'put';
  /** OpenAPI's way: `{backupId}`. */
  readonly path: string;
  /** What generated clients call it; never changed. */
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: string[];
  readonly security?: Record<string, string[]>[];
  readonly query?: z.ZodObject;
  /** Name → what it is for. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Content & { readonly optional?: boolean };
  readonly status?: number;
  /** Whether it also answers 206 with a part. */
  readonly partial?: boolean;
  /** The forms of the answer, of which the caller gets one. */
  readonly replies: readonly Content[];
  /** What a success is called. */
  readonly outcome?: string;
  readonly errors: readonly ErrorCode[];
}

/** What an API says of itself beside its calls. */
export type ApiHead = Pick<ZodOpenApiObject, 'info' | 'servers' | 'security'> & {
  readonly securitySchemes: NonNullable<ZodOpenApiObject['components']>['securitySchemes'];
};

/** The OpenAPI 3.1 document of an API, made from the schemas that check its requests. */
export function openApiDocument({ securitySchemes, ...head }: ApiHead, operations: readonly Operation[]): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const each of operations) paths[each.path] = { ...paths[each.path], [each.method]: described(each) };
  return createDocument({ openapi: '3.1.0', ...head, components: { securitySchemes }, paths }, schemaOptions);
}

function described(operation: Operation): ZodOpenApiOperationObject {
  const { operationId, summary, description, tags, security, path, query, headers, body, errors } = operation;
  return {
    operationId,
    summary,
    ...(description !== undefined && { description }),
    ...(tags && { tags }),
    ...(security && { security }),
    requestParams: { path: inPath(path), ...(query && { query }), ...(headers && { header: inHeader(headers) }) },
    ...(body && { requestBody: { required: !body.optional, content: contentOf([body]) } }),
    responses: { ...successes(operation), ...refusals(errors) },
  };
}

function successes({ status = 200, outcome = 'Done', partial, replies }: Operation): ZodOpenApiResponsesObject {
  const content = replies.length > 0 && { content: contentOf(replies) };
  return {
    [`${status}`]: { description: outcome, ...content },
    ...(partial && { 206: { description: 'A part, as `Range` asked for', ...content } }),
  } as ZodOpenApiResponsesObject;
}

function contentOf(contents: readonly Content[]): ZodOpenApiContentObject {
  const entries = contents.map(({ type, schema, example }) => [
    type,
    { schema: schema ?? { type: 'string', format: 'binary' }, ...(example !== undefined && { example }) },
  ]);
  return Object.fromEntries(entries) as ZodOpenApiContentObject;
}

function inPath(path: string): z.ZodObject {
  return z.object(Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, hostId])));
}

function inHeader(headers: Readonly<Record<string, string>>): z.ZodObject {
  const named = ([name, description]: [string, string]) =>
    [name, z.string().optional().meta({ param: { description } })] as const;
  return z.object(Object.fromEntries(Object.entries(headers).map(named)));
}
