import fc from 'fast-check';
import { recordSize } from '../format/entry-header.js';
import { archiveOf, collect, contentsOf, open } from '../testing/archives.js';

const segment = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .filter((text) => text.isWellFormed() && !/[/\\\0]|^[A-Za-z]:|^\.{1,2}$/.test(text));
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const noise = fc.uint8Array({ maxLength: 3_000 });
const text = fc
  .tuple(fc.string({ minLength: 1 }), fc.nat(2_000))
  .map(([part, times]) => Buffer.from(part.repeat(times)));
const tree = fc
  .uniqueArray(fc.tuple(path, fc.oneof(noise, text)), { selector: ([name]) => name, maxLength: 12 })
  .map((files): Record<string, Uint8Array> => Object.assign(Object.create(null), Object.fromEntries(files)));
const password = fc.option(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter((chosen) => chosen.isWellFormed()),
  {
    nil: undefined,
  },
);
const options = fc.record({
  password,
  bufferBytes: fc.constantFrom(0, 500, 100_000),
  compression: fc.constantFrom('auto' as const, 'store' as const),
});

describe('an archive', () => {
  it('restores any tree', async () => {
    await fc.assert(
      fc.asyncProperty(tree, options, async (files, chosen) => {
        const contents = await contentsOf(await archiveOf(files, chosen), chosen.password);

        expect(hexOf(contents)).toEqual(hexOf(files));
      }),
    );
  });

  it('is as long as its records say, up to the directory', async () => {
    await fc.assert(
      fc.asyncProperty(tree, options, async (files, chosen) => {
        const reader = await open(await archiveOf(files, chosen));
        const entries = await collect(reader.entries());

        expect(entries.reduce((sum, entry) => sum + recordSize(entry), 0)).toBe(reader.directoryOffset);
      }),
    );
  });
});

const hexOf = (files: Record<string, Uint8Array>): [string, string][] =>
  Object.entries(files)
    .map(([name, bytes]): [string, string] => [name, Buffer.from(bytes).toString('hex')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
