import { metadataOfCsv, metadataOfJson } from './metadata.js';

describe('metadataOfCsv', () => {
  it('gives what is said about each file, blank cells left out', () => {
    const found = metadataOfCsv(
      'title,path,owners,active,review_frequency_months\nOne,a/b.pdf,Ada; Zoë,no,12\n,c.txt,,,\n',
    );
    const rows = Object.fromEntries(found.rows.map(({ path, metadata }) => [path, metadata]));
    expect(rows).toEqual({
      'a/b.pdf': { title: 'One', owners: ['Ada', 'Zoë'], active: false, reviewFrequencyMonths: 12 },
      'c.txt': {},
    });
    expect(found.faults).toEqual([]);
  });

  it.each(['', 'title\nx'])('refuses %j', (text) => {
    expect(() => metadataOfCsv(text)).toThrow('line 1: expected a column named path');
  });

  it.each([
    ['path,colour,size\na,red,1', ['line 1: unknown column colour', 'line 1: unknown column size']],
    ['path,title\na,1,2\nb,,,3', ['line 2: 3 cells, expected 2', 'line 3: 4 cells, expected 2']],
    ['path;owners;title\na;Ada; Zo\u00eb;', ['line 2: 4 cells, expected 3']],
    ['path,,title\na,1,2', ['line 2: cell 2 is in a column without a name']],
    ['path,title,title\na,1,2', ['line 1: the column title stands there twice']],
    ['path,active\na,maybe', ['line 2: active is maybe']],
  ])('tells all faults of %j', (text, sentences) => {
    expect(metadataOfCsv(text).faults).toEqual(sentences.map((sentence) => expect.stringContaining(sentence)));
  });

  it('takes what spreadsheets write: semicolons, tabs, rows of nothing', () => {
    for (const separator of [';', '\t', ',']) {
      const text = ['Path,Title', 'a,"One, two; three"', ',', ''].join('\r\n').replace(/,(?! )/g, separator);
      expect(metadataOfCsv(text).rows).toEqual([{ line: 2, path: 'a', metadata: { title: 'One, two; three' } }]);
    }
  });
});

it('takes what Excel writes: separators of empty columns, and none behind the last filled cell', () => {
  const found = metadataOfCsv('path,title,type,,\na,One,,,\nb,Two\nc\n');
  expect(found.faults).toEqual([]);
  expect(found.rows.map(({ path, metadata }) => [path, metadata])).toEqual([
    ['a', { title: 'One' }],
    ['b', { title: 'Two' }],
    ['c', {}],
  ]);
});

it('takes a table whose head does not come first', () => {
  expect(metadataOfCsv('\n;;\npath;title;\na;One, two;\n').rows).toEqual([
    { line: 4, path: 'a', metadata: { title: 'One, two' } },
  ]);
  expect(() => metadataOfCsv('\n;;\ntitle;type;\n')).toThrow('line 3: expected a column named path');
});

it('takes a table that says its separator', () => {
  const found = metadataOfCsv('sep=;\r\npath;title\r\na.txt;"One, two"\r\n;x\r\n');
  expect(found.rows).toMatchObject([
    { line: 3, path: 'a.txt', metadata: { title: 'One, two' } },
    { line: 4, path: '' },
  ]);
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
