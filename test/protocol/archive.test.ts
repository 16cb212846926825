// The model of an archive's way holds what it promises, finds the faults that were there, and names the code as it is.
import { explored, namesUnknownToTheCode, statesOf } from './harness.js';

const visited = (...rules: readonly string[]) =>
  explored({
    file: 'archive.pml',
    rules,
    compiled: ['-DSAFETY', '-DNOREDUCE'],
    // -E: processes that have nothing left to do are no fault. -c0: all faults, not the first alone.
    options: ['-E', '-c0', '-m1000000'],
  });

it('holds in every state', async () => {
  const report = await visited();
  expect(report).toMatch(/errors: 0\b/);
  expect(statesOf(report)).toBeGreaterThan(10_000);
}, 120_000);

it('finds that a closer who comes late overwrites the archive, where completing is a rename', async () => {
  expect(await visited('LATE_RENAME')).toMatch(/assertion violated .*archive==completedArchive/);
}, 120_000);

it('finds that a late attempt overwrites the record of another, where both have one key', async () => {
  expect(await visited('SHARED_KEYS')).toMatch(/assertion violated .*records\[namedRecord\]==namedParts/);
}, 120_000);

it('names the code as it is', async () => {
  expect(await namesUnknownToTheCode('archive.pml')).toEqual([]);
});
