import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceOfBytes } from '@account-backups/zip';
import { inFolder, runTool, sevenZip } from './harness.js';
import { writeZip } from './sample-files.js';

const times = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '1600-02-29T12:00:00Z',
  '1902-06-15T12:00:00Z',
  '1969-12-31T23:59:58Z',
  '1970-01-01T00:00:02Z',
  '1979-12-31T23:59:58Z',
  '1996-02-29T10:11:12Z',
  '2038-01-19T03:14:06Z',
  '2038-01-19T03:14:08Z',
  '2099-12-31T23:59:58Z',
  '2200-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
];
const FIRST = '1980-01-01T00:00:00Z';
const within = (time: string, from: string, to: string) => time >= from && time < to;

/** What each tool leaves in the file system, in UTC. */
async function extractedTimes(extract: (archive: string, folder: string) => Promise<unknown>) {
  return inFolder(async (place) => {
    const archive = join(place, 'times.zip');
    await writeZip(
      archive,
      times.map((time, at) => sourceOfBytes(`${at}.txt`, Buffer.from('x'), new Date(time))),
      {},
    );
    const folder = join(place, 'out');
    await mkdir(folder);
    await extract(archive, folder);
    const found = times.map((_, at) => stat(join(folder, `${at}.txt`)));
    return (await Promise.all(found)).map(({ mtime }) => mtime.toISOString());
  });
}

const of = (shown: (time: string) => string) => times.map((time) => new Date(shown(time)).toISOString());

describe('the times of an archive', () => {
  it('are right in 7-Zip from 1901 to 2446, which is what the file system holds', async () => {
    const found = await extractedTimes((archive, folder) => sevenZip(['x', '-y', `-o${folder}`, archive]));
    const shown = (time: string) => (time < '1601' ? FIRST : time);
    expect(found.slice(0, -1)).toEqual(of(shown).slice(0, -1));
  });

  it.each([
    ['bsdtar', (archive: string, folder: string) => runTool(['bsdtar', '-xf', archive, '-C', folder], 'bsdtar')],
    ['unzip', (archive: string, folder: string) => runTool(['unzip', '-q', archive, '-d', folder], 'unzip')],
  ])('are right in %s within its bounds, and at these bounds beyond them', async (_, extract) => {
    const found = await extractedTimes(extract);
    const shown = (time: string) => (within(time, '1970', '2107') ? time : FIRST);
    const upTo = times.findIndex((time) => time >= '2107');
    expect(found.slice(0, upTo)).toEqual(of(shown).slice(0, upTo));
    for (const last of found.slice(upTo)) expect(['2107', '2108']).toContain(last.slice(0, 4));
  });
});
