// Each requirement has a state in docs/security.md and something to show; what that page says of all code is so.
import { serviceNames } from '@account-backups/contracts';
import { filesBelow, textOf } from './harness.js';

/** OWASP ASVS 5.0.0: how many requirements of levels 1 and 2 each section has; they are numbered from 1. */
const requirements: Readonly<Record<string, readonly number[]>> = {
  1: [2, 9, 11, 3, 2],
  2: [3, 3, 4, 1],
  3: [0, 2, 4, 6, 5, 0, 2],
  4: [3, 1, 2, 4],
  5: [1, 3, 2, 3],
  6: [3, 12, 4, 4, 5, 3, 0, 4],
  7: [3, 4, 2, 5, 2, 2],
  8: [2, 3, 1, 1],
  9: [3, 4],
  10: [2, 2, 4, 11, 5, 2, 3],
  11: [2, 3, 3, 4, 1, 1],
  12: [3, 2, 4],
  13: [1, 5, 2, 5],
  14: [2, 4, 3],
  15: [3, 3, 7],
  16: [1, 5, 4, 3, 3],
};
const STATES = ['holds', 'not', 'not ours'];

const files = new Set(filesBelow());
const page = textOf('docs/security.md');
const rows = [...page.matchAll(/^\| *(\d+\.\d+\.\d+) *\|(.*)\|$/gm)].map(([, number = '', rest = '']) => {
  const [state = '', why = '', shownBy = '', ...more] = rest.split('|').map((cell) => cell.trim());
  return { number, state, why, paths: [...shownBy.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path), more };
});
const numbersOf = (those: readonly { readonly number: string }[]) => those.map(({ number }) => number);

describe('the table of processes in docs/security.md', () => {
  it('says of each service what it reaches', () => {
    const [, table = ''] = page.split('\n## If this process is taken');
    const listed = [...table.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, service]) => service);
    expect(listed.toSorted()).toEqual([...serviceNames].toSorted());
  });
});

describe('the table of ASVS in docs/security.md', () => {
  it('has each requirement of levels 1 and 2 once, in order', () => {
    const numbers = Object.entries(requirements).flatMap(([chapter, sections]) =>
      sections.flatMap((count, at) => Array.from({ length: count }, (_, last) => `${chapter}.${at + 1}.${last + 1}`)),
    );
    expect(numbers).toHaveLength(246);
    expect(numbersOf(rows)).toEqual(numbers);
  });

  it('says of each its state and why or whose', () => {
    const unsaid = rows.filter(({ state, why, more }) => !STATES.includes(state) || why === '' || more.length > 0);
    expect(numbersOf(unsaid)).toEqual([]);
  });

  it('shows what holds, by tests and files that are there', () => {
    expect(numbersOf(rows.filter(({ state, paths }) => state === 'holds' && paths.length === 0))).toEqual([]);
    const missing = rows.flatMap(({ number, paths }) =>
      paths.filter((path) => !files.has(path)).map((path) => `${number}: ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('counts its states as they are', () => {
    const counted = STATES.map((state) => rows.filter((row) => row.state === state).length);
    const [, ...said] = /(\d+) hold, (\d+)\s+do\s+not,\s+(\d+)\s+are\s+not\s+ours/.exec(page) ?? [];
    expect(said.map(Number)).toEqual(counted);
  });
});

describe('the code of the running system', () => {
  const running = [...files].filter((path) => /^(services|libs)\/.*\/src\/.*\.tsx?$/.test(path));
  const sources = running.filter((path) => !/\.spec\.tsx?$|\/testing\//.test(path));
  const having = (pattern: RegExp) => sources.filter((path) => pattern.test(textOf(path)));

  it('starts no program and runs no text as code', () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(having(/child_process|\beval\(|new Function\(/)).toEqual([]);
    // The one word `gc`.
    expect(having(/node:vm/)).toEqual(['services/zip-builder/src/heap-keeper.ts']);
  });

  it('makes no regular expression of what somebody sent', () => {
    // Of constants beside it.
    expect(having(/\bRegExp\(/)).toEqual(['libs/object-store/src/keys/object-key.ts']);
  });

  it('writes no HTML into the page and keeps nothing in the browser', () => {
    const html = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML/;
    expect(having(html)).toEqual([]);
    expect(having(/localStorage|sessionStorage|indexedDB|document\.cookie/)).toEqual([]);
  });
});
