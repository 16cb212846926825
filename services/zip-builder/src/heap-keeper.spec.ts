import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { transformSync } from '@swc/core';

// In a process of its own, as a builder runs: without incremental marking V8 collects nothing while nothing is made.
const GARBAGE = `
  import { setTimeout as wait } from 'node:timers/promises';
  import { getHeapStatistics } from 'node:v8';
  const { keepHeapSmall } = await import(process.argv[1]);
  const usedMib = () => getHeapStatistics().used_heap_size / 1_048_576;
  keepHeapSmall();
  let rows = Array.from({ length: 600_000 }, (_, at) => ({ at, text: String(at) }));
  const before = usedMib();
  rows = undefined;
  const until = performance.now() + 60_000;
  while (usedMib() > before / 2 && performance.now() < until) await wait(20);
  console.log(JSON.stringify({ before, after: usedMib() }));
`;
/** The source as it is now, beside what was compiled before, where it finds its imports. */
const KEEPER = new URL(`../dist/heap-keeper.${process.pid}.spec.mjs`, import.meta.url);

describe('a heap that is kept small', () => {
  beforeAll(() => {
    const source = readFileSync(new URL('./heap-keeper.ts', import.meta.url), 'utf8');
    const jsc = { parser: { syntax: 'typescript' }, target: 'es2022' } as const;
    writeFileSync(KEEPER, transformSync(source, { jsc, module: { type: 'es6' }, swcrc: false }).code);
  });
  afterAll(() => rmSync(KEEPER, { force: true }));

  it('is collected once it has grown, though nothing more is made', async () => {
    const args = ['--no-incremental-marking', '--input-type=module', '-e', GARBAGE, KEEPER.href];
    const { stdout } = await promisify(execFile)(process.execPath, args);

    const { before, after } = JSON.parse(stdout) as { before: number; after: number };
    expect(before).toBeGreaterThan(24);
    expect(after).toBeLessThan(before / 2);
  });
});
