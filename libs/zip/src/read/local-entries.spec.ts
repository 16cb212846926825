import fc from 'fast-check';
import { rangesOfBytes } from './range-reader.js';
import { endBehindDirectory, localEntries } from './local-entries.js';
import { archiveOf, bytesOf, collect, open } from '../testing/archives.js';

const files = {
  a: Buffer.from('one'),
  b: Buffer.alloc(50_000, 'words '),
  c: Buffer.alloc(0),
  'd/日本': Buffer.from('x'),
};

async function wholeIn(bytes: Buffer) {
  return collect(localEntries(rangesOfBytes(bytes), bytes.length));
}

describe('entries without a directory', () => {
  it.each([undefined, 'secret'])('are those of the archive, password %s', async (password) => {
    const bytes = await archiveOf(files, password === undefined ? {} : { password });
    const found = await wholeIn(bytes);
    const listed = await collect((await open(bytes)).entries());
    expect(found.map(({ entry: { name, offset } }) => [name, offset])).toEqual(
      listed.map(({ name, offset }) => [name, offset]),
    );
    for (const { entry, content } of found) {
      expect(await bytesOf(content(password))).toEqual(files[entry.name as keyof typeof files]);
    }
  });

  it('are those that lie before a cut, wherever it is', async () => {
    const bytes = await archiveOf(files);
    const all = await wholeIn(bytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (length) => {
        const found = await wholeIn(bytes.subarray(0, length));
        const expected = all.filter(({ endsAt }) => endsAt <= length);
        expect(found.map(({ entry }) => entry.name)).toEqual(expected.map(({ entry }) => entry.name));
      }),
    );
  });

  it('end where something else begins', async () => {
    expect(await wholeIn(Buffer.from('hello, world; this is no archive at all'))).toEqual([]);
    expect(await wholeIn(Buffer.alloc(0))).toEqual([]);
  });
});

describe('the end behind a directory', () => {
  it('is found before whatever was appended', async () => {
    const bytes = await archiveOf(files);
    const { directoryOffset } = await open(bytes);
    const longer = Buffer.concat([bytes, Buffer.from('appended')]);
    expect(await endBehindDirectory(rangesOfBytes(longer), directoryOffset)).toBe(bytes.length);
    expect(await endBehindDirectory(rangesOfBytes(bytes.subarray(0, -1)), directoryOffset)).toBeUndefined();
    expect(await endBehindDirectory(rangesOfBytes(bytes), 0)).toBeUndefined();
  });
});
