import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { inFolder, readers } from './harness.js';
import { sampleFiles, sourcesOf, writeZip, type Files } from './sample-files.js';

interface OldArchive extends Readable {
  append(content: Buffer, entry: { readonly name: string }): void;
  finalize(): Promise<void>;
}
interface OldArchiver {
  registerFormat(format: string, module: unknown): void;
  create(format: string, options: object): OldArchive;
}

const require = createRequire(import.meta.url);
const archiver = require('archiver') as OldArchiver;
archiver.registerFormat('zip-encrypted', require('archiver-zip-encrypted'));

const password = 'correct horse';
// The old plug-in is pure JavaScript: leaving out the largest files saves seconds.
const files: Files = Object.fromEntries(Object.entries(sampleFiles).filter(([, { length }]) => length < 1_000_000));

async function writeOldZip(path: string, format: string, options: object): Promise<void> {
  const archive = archiver.create(format, options);
  for (const [name, content] of Object.entries(files)) archive.append(content, { name });
  await Promise.all([pipeline(archive, createWriteStream(path)), archive.finalize()]);
}

describe('the same files through archiver and through this library', () => {
  it('have the same contents without password', async () => {
    await inFolder(async (folder) => {
      const [before, now] = [join(folder, 'before.zip'), join(folder, 'now.zip')];
      await Promise.all([writeOldZip(before, 'zip', {}), writeZip(now, sourcesOf(files))]);

      expect(await readers['7-Zip'](now)).toEqual(await readers['7-Zip'](before));
    });
  });

  it('have the same contents with AES-256', async () => {
    await inFolder(async (folder) => {
      const [before, now] = [join(folder, 'before.zip'), join(folder, 'now.zip')];
      const old = { encryptionMethod: 'aes256', password };
      await Promise.all([writeOldZip(before, 'zip-encrypted', old), writeZip(now, sourcesOf(files), { password })]);

      expect(await readers['7-Zip'](now, password)).toEqual(await readers['7-Zip'](before, password));
    });
  });
});
