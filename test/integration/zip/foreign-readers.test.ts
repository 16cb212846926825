import { join } from 'node:path';
import { inFolder, libzipContents, readers, sha256 } from './harness.js';
import { hashesOf, sampleFiles, sourcesOf, writeZip } from './sample-files.js';

const expected = hashesOf(sampleFiles);
const all = Object.values(sampleFiles);
// Small enough for entries to be prepared both ways: in memory and in two passes.
const bufferBytes = 1_000_000;
const passwords = ['correct horse', 'Pässwörd 密码 🔑', 'x'.repeat(99)];

describe('an archive without password', () => {
  it.each(['7-Zip', 'bsdtar', 'zip4j', 'unzip', 'python'] as const)('is read by %s', async (reader) => {
    await inFolder(async (folder) => {
      const archive = join(folder, 'plain.zip');
      await writeZip(archive, sourcesOf(sampleFiles), { bufferBytes });

      expect(await readers[reader](archive)).toEqual(expected);
    });
  });

  it('is read by libzip', async () => {
    await inFolder(async (folder) => {
      const archive = join(folder, 'plain.zip');
      await writeZip(archive, sourcesOf(sampleFiles), { bufferBytes });

      expect(sha256(await libzipContents(archive, all.length))).toBe(sha256(Buffer.concat(all)));
    });
  });
});

describe.each(passwords)('an archive with the password %s', (password) => {
  it.each(['7-Zip', 'bsdtar', 'zip4j'] as const)('is read by %s', async (reader) => {
    await inFolder(async (folder) => {
      const archive = join(folder, 'encrypted.zip');
      await writeZip(archive, sourcesOf(sampleFiles), { bufferBytes, password });

      expect(await readers[reader](archive, password)).toEqual(expected);
    });
  });

  it('is read by libzip', async () => {
    await inFolder(async (folder) => {
      const archive = join(folder, 'encrypted.zip');
      await writeZip(archive, sourcesOf(sampleFiles), { bufferBytes, password });

      expect(sha256(await libzipContents(archive, all.length, password))).toBe(sha256(Buffer.concat(all)));
    });
  });

  it('is refused with another one', async () => {
    await inFolder(async (folder) => {
      const archive = join(folder, 'encrypted.zip');
      await writeZip(archive, sourcesOf(sampleFiles), { bufferBytes, password });

      await expect(readers['7-Zip'](archive, 'another')).rejects.toThrow('Wrong password');
    });
  });
});
