// The model of a backup's life settles whatever is lost, finds the rules without which it would not, and names the
// code as it is. MODEL_FAULTS=2 and more: as many losses, deaths and leases that end early, for which it takes long.
import { explored, namesUnknownToTheCode, statesOf } from './harness.js';

const FAULTS = process.env['MODEL_FAULTS'] ?? '1';

/** Looks for a way on which the backup does not settle, though every process that can go on does so in the end. */
const visited = (faults: string, ...rules: readonly string[]) =>
  explored({
    file: 'life.pml',
    rules: [`LOSSES=${faults}`, `DEATHS=${faults}`, `EARLY_ENDS=${faults}`, ...rules],
    compiled: ['-DNFAIR=4'],
    options: ['-a', '-f', '-m3000000'],
  });

it.each([['of itself'], ['where a backup that stalls is ended, at any time', 'STALLS']])(
  'settles on every way, %s',
  async (_, ...rules) => {
    const report = await visited(FAULTS, ...rules);
    expect(report).toMatch(/errors: 0\b/);
    expect(statesOf(report)).toBeGreaterThan(10_000);
  },
  3_600_000,
);

it.each([
  ['a lost message is for ever, where a running backup is driven once', '1', 'NO_DRIVE_AGAIN'],
  ['a build stays claimed by the dead, where leases do not end', '1', 'DEAD_KEEP_LEASES'],
  ['a late job builds for ever, where deleting notes nothing of an unknown backup', '0', 'DELETED_UNKNOWN', 'STALLS'],
])(
  'finds that %s',
  async (_, faults, ...rules) => {
    expect(await visited(faults, ...rules)).toMatch(/acceptance cycle|assertion violated/);
  },
  240_000,
);

it('names the code as it is', async () => {
  expect(await namesUnknownToTheCode('life.pml')).toEqual([]);
});
