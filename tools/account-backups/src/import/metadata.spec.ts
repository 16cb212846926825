import { metadataOfCsv, metadataOfJson } from './metadata.js';

describe('metadataOfCsv', () => {
  it('gives what is said about each file, blank cells left out', () => {
    const found = metadataOfCsv(
      'title,path,owners,active,review_frequency_months\nOne,a/b.pdf,Ada; Zoë,no,12\n,c.txt,,,\n',
    );
    expect(Object.fromEntries(found)).toEqual({
      'a/b.pdf': { title: 'One', owners: ['Ada', 'Zoë'], active: false, reviewFrequencyMonths: 12 },
      'c.txt': {},
    });
  });

  it.each([
    ['', 'line 1: expected a column named path'],
    ['title\nx', 'line 1: expected a column named path'],
    ['path,colour\na,red', 'line 1: unknown column colour'],
    ['path,title\na', 'line 2: 1 cells, expected 2'],
    ['path,title\na,1\na,2', 'line 3: a was named before'],
    ['path,active\na,maybe', 'line 2: active is maybe'],
  ])('refuses %j', (text, sentence) => {
    expect(() => metadataOfCsv(text)).toThrow(sentence);
  });
});

describe('metadataOfJson', () => {
  it('takes the same names in camel case', () => {
    const metadata = metadataOfJson('{"title":"One","orgUnits":["a"],"createdAt":"2026-01-01"}');
    expect(metadata).toEqual({ title: 'One', orgUnits: ['a'], createdAt: '2026-01-01' });
  });

  it.each(['', '[]', 'null', '"x"', '{"path":"a"}', '{"created_at":"2026-01-01"}'])('refuses %j', (text) => {
    expect(() => metadataOfJson(text)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});
