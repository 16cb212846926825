import type { z } from 'zod';
import { createSchema, type CreateDocumentOptions, type oas31 } from 'zod-openapi';

/** Bodies refuse unknown fields; answers may get new ones, so a client must not refuse them. */
export const schemaOptions: CreateDocumentOptions = {
  override: ({ jsonSchema, io }) => {
    if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  },
};

/** What a schema means in JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): oas31.SchemaObject | oas31.ReferenceObject {
  return createSchema(schema, { io, opts: schemaOptions }).schema;
}
