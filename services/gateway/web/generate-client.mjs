// npm run generate:client: the types of the API's client, from the OpenAPI document that the compiled gateway gives.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';

export const CLIENT_TYPES = join(import.meta.dirname, 'src/api/schema.d.ts');

/** The text of `CLIENT_TYPES` for an OpenAPI document. */
export async function clientTypes(document) {
  const ast = await openapiTypescript(document, { alphabetize: true });
  return `// Made from the OpenAPI document by "npm run generate:client"; a test holds it to it.\n${astToString(ast)}`;
}

if (process.argv[1] === import.meta.filename) {
  const { openApi } = await import('../dist/docs/openapi.js');
  writeFileSync(CLIENT_TYPES, await clientTypes(openApi('http://localhost:8080')));
}
