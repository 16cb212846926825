// The writers that are compared: libs/zip, 7-Zip, and archiver with archiver-zip-encrypted, each a process of its own.
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { timed } from './rounds.mjs';

const here = import.meta.dirname;

/** Writes the files below `folder`/in and the list of them that our process reads. */
export class Samples {
  #files = [];

  constructor(folder) {
    this.folder = folder;
    this.input = join(folder, 'in');
    this.list = join(folder, 'sources.json');
  }

  add(name, bytes) {
    const path = join(this.input, name);
    writeFileSync(path, bytes);
    this.#files.push({ name, path, sizeBytes: bytes.length, crc32: crc32(bytes) });
  }

  finish() {
    writeFileSync(this.list, JSON.stringify(this.#files));
  }

  get sizeBytes() {
    return this.#files.reduce((sum, file) => sum + file.sizeBytes, 0);
  }

  get count() {
    return this.#files.length;
  }
}

export const ours = (samples, options) => ({
  name: 'libs/zip',
  run: () => writtenByUs(samples, options, 1),
});

/**
 * As a service does it that runs for weeks: threads are there, code is compiled. Its seconds are those of the second
 * archive alone.
 */
export const oursAgain = (samples, options) => ({
  name: 'libs/zip, second archive',
  run: async () => {
    const { insideSeconds, archiveBytes } = await writtenByUs(samples, options, 2);
    return { seconds: insideSeconds, archiveBytes };
  },
});

const writtenByUs = (samples, options, times) =>
  written(samples, 'ours.zip', async (archive) => {
    const arguments_ = [join(here, 'write-ours.mjs'), samples.list, archive, JSON.stringify(options), String(times)];
    const { seconds, printed } = await timed(process.execPath, arguments_);
    return { seconds, ...JSON.parse(printed) };
  });

export const sevenZip = (samples, name, switches) => ({
  name,
  run: () =>
    written(samples, 'seven.zip', async (archive) => {
      const { seconds } = await timed('7zz', ['a', '-tzip', '-bd', ...switches, archive, '.'], { cwd: samples.input });
      return { seconds };
    }),
});

export const oldArchiver = (samples, password, rounds) => ({
  name: 'archiver-zip-encrypted',
  rounds,
  run: () =>
    written(samples, 'old.zip', async (archive) => {
      const arguments_ = [join(here, 'write-archiver.mjs'), samples.list, archive, password];
      const { seconds } = await timed(process.execPath, arguments_);
      return { seconds };
    }),
});

async function written(samples, file, write) {
  const archive = join(samples.folder, file);
  const measured = await write(archive);
  const { size } = statSync(archive);
  rmSync(archive);
  return { ...measured, archiveBytes: size };
}
