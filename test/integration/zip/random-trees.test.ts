import { join } from 'node:path';
import { sourceOfBytes, type EntrySource } from '@account-backups/zip';
import fc from 'fast-check';
import { inFolder, readers, sha256, type Hashes } from './harness.js';
import { writeZip } from './sample-files.js';

// Names that every file system and every reader accepts: none differ only in case, none end in a dot or a space, and no
// file stands where another entry needs a folder.
const scripts = [
  'abcxyz0189',
  'äöüßéøł',
  'абвгд',
  'ελληνικ',
  'שלום',
  'العربية',
  '中文字符',
  'かなカナ',
  'ไทย',
  '😀📄🧪',
];
const letter = fc.constantFrom(...scripts.flatMap((script) => Array.from(script)));
const stem = fc.array(letter, { minLength: 1, maxLength: 24 }).map((letters) => letters.join('').normalize('NFC'));
const folder = fc.array(
  stem.map((name) => `${name}.d`),
  { maxLength: 4 },
);
const content = fc.oneof(
  fc.constant(Buffer.alloc(0)),
  fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 90_000 })).map(repeated),
  fc.tuple(fc.integer(), fc.integer({ min: 1, max: 300_000 })).map(noise),
);
const file = fc.record({ folder, stem, content, seconds: fc.integer({ min: 315_532_800, max: 2_147_483_646 }) });
const tree = fc
  .array(file, { minLength: 1, maxLength: 30 })
  .map((files) =>
    files.map(({ folder: parts, stem: name, content: bytes, seconds }, index) =>
      sourceOfBytes([...parts, `${name}-${index}.f`].join('/'), bytes, new Date(seconds * 1_000)),
    ),
  );
const options = fc.record(
  {
    password: fc.constantFrom('a', 'correct horse', 'пароль', 'Straße 😀'),
    compression: fc.constantFrom('auto' as const, 'store' as const),
    bufferBytes: fc.constantFrom(100, 10_000, 1_000_000),
  },
  { requiredKeys: [] },
);

function repeated([pattern, times]: [Uint8Array, number]): Buffer {
  return Buffer.alloc(pattern.length * times, pattern);
}

// Bytes that do not shrink, from a seed that a failing case can name.
function noise([seed, length]: [number, number]): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed | 1;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

async function hashesOf(sources: readonly EntrySource[]): Promise<Hashes> {
  const hashes: Hashes = {};
  for (const { name, content: open } of sources) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of open()) chunks.push(chunk);
    hashes[name] = sha256(Buffer.concat(chunks));
  }
  return hashes;
}

describe('a random tree', () => {
  it('comes out of every foreign reader as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(tree, options, async (sources, chosen) => {
        await inFolder(async (place) => {
          const archive = join(place, 'tree.zip');
          await writeZip(archive, sources, chosen);
          const expected = await hashesOf(sources);
          const { password } = chosen;

          const always = [readers['7-Zip'], readers.bsdtar];
          // The other two do not know AES.
          const reading = password === undefined ? [...always, readers.python, readers.unzip] : always;
          for (const read of reading) expect(await read(archive, password)).toEqual(expected);
        });
      }),
      { numRuns: Number(process.env.TREE_RUNS ?? 25) },
    );
  });
});
