import { examples } from './examples.js';
import { openApi } from './openapi.js';
import { routes } from './routes.js';

describe('the OpenAPI document', () => {
  const document = openApi('http://localhost:8080') as { paths: Record<string, Record<string, unknown>> };
  it('calls each operation by a name of its own', () => {
    const names = routes.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(Object.keys(examples)));
  });

  const shown = routes.flatMap(({ operationId, body, reply }) => [
    { of: `${operationId} body`, schema: body?.schema, example: examples[operationId]?.body },
    { of: `${operationId} reply`, schema: reply?.schema, example: examples[operationId]?.reply },
  ]);

  it.each(shown.filter(({ example }) => example !== undefined))('shows what is true: $of', ({ schema, example }) => {
    expect(schema?.safeParse(example).error).toBeUndefined();
    expect(schema).toBeDefined();
  });

  it('refuses unknown fields in bodies, and leaves room for new ones in answers', () => {
    const requested = JSON.stringify(document.paths['/api/v1/backups']?.['post']);
    const [body = '', answers = ''] = requested.split('"responses"');
    expect(body).toContain('"additionalProperties":false');
    expect(answers).not.toContain('"additionalProperties":false');
  });

  it('is JSON all through', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
