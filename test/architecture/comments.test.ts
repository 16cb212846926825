import { filesBelow, textOf } from './harness.js';

const WIDTH = 120;

describe('comments', () => {
  it('stay within the line width, which the formatter holds for code alone', () => {
    const sources = filesBelow().filter((path) => /\.(ts|tsx|mjs|cjs)$/.test(path) && !path.endsWith('schema.d.ts'));
    const wide = sources.flatMap((path) =>
      textOf(path)
        .split('\n')
        .flatMap((line, at) => (/^\s*(\/\/|\/?\*)/.test(line) && line.length > WIDTH ? [`${path}:${at + 1}`] : [])),
    );

    expect(sources.length).toBeGreaterThan(100);
    expect(wide).toEqual([]);
  });
});

describe('documents', () => {
  it('stay within the line width, but for tables and code', () => {
    // Made from libs/contracts: a message's shape is one line there.
    const documents = filesBelow().filter((path) => path.endsWith('.md') && path !== 'docs/messages.md');
    const wide = documents.flatMap((path) =>
      withoutCode(textOf(path))
        .split('\n')
        .flatMap((line, at) => (!line.startsWith('|') && line.length > WIDTH ? [`${path}:${at + 1}`] : [])),
    );

    expect(documents.length).toBeGreaterThan(30);
    expect(wide).toEqual([]);
  });
});

/** Blocks of code become as many empty lines. */
function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```/gm, (block) => block.replace(/[^\n]/g, ''));
}
