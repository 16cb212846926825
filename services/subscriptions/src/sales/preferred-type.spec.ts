import { preferredType } from './preferred-type.js';

describe('an Accept header', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['text/csv', 'csv'],
    ['Text/CSV; header=present', 'csv'],
    ['text/csv, application/json;q=0.5', 'csv'],
    ['application/json, text/csv;q=0.5', 'json'],
    ['application/json, text/csv;q=0', 'json'],
    ['text/csv;q=0', 'json'],
    ['text/csv-schema', 'json'],
  ])('%s likes %s', (accept, expected) => {
    expect(preferredType(accept)).toBe(expected);
  });
});
