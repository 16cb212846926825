import { readFileSync } from 'node:fs';
import { openApi } from '../../services/gateway/src/docs/openapi.js';

interface Generator {
  readonly CLIENT_TYPES: string;
  readonly clientTypes: (document: object) => Promise<string>;
}

const GENERATOR = '../../services/gateway/web/generate-client.mjs';

describe("the page's client", () => {
  it('has the types of the OpenAPI document; else run "npm run generate:client --workspace services/gateway"', async () => {
    const { CLIENT_TYPES, clientTypes } = (await import(GENERATOR)) as Generator;

    const types = await clientTypes(openApi('http://localhost:8080'));

    expect(readFileSync(CLIENT_TYPES, 'utf8')).toBe(types);
  });
});
