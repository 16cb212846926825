import { z } from 'zod';

/**
 * What a schema means in JSON Schema 2020-12, the dialect of OpenAPI 3.1. Bodies refuse unknown fields; answers may get
 * new ones, so a client must not refuse them.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): { readonly properties?: object } {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return rest;
}
