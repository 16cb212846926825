// npm run generate:client: the types of the API's client, from the OpenAPI document that the compiled gateway gives.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { openApi } from '../dist/docs/openapi.js';

/** The text of src/api/schema.d.ts. */
export async function clientTypes() {
  const ast = await openapiTypescript(openApi('http://localhost:8080'), { alphabetize: true });
  return `// Made from the OpenAPI document by "npm run generate:client"; a test holds it to it.\n${astToString(ast)}`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, 'src/api/schema.d.ts'), await clientTypes());
}
