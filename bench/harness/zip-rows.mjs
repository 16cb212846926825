// What was measured of each candidate, as rows of a table.
import { rounded, spread } from './rounds.mjs';
import { atLeast, atMost } from './verdict.mjs';

/** One row a candidate: median and spread of the whole process, the time inside, throughput, and the archive's size. */
export function zipRows(results, sizeBytes) {
  return Object.fromEntries([...results].map(([name, records]) => [name, rowOf(records, sizeBytes)]));
}

function rowOf(records, sizeBytes) {
  const { median, least, greatest } = spread(records, 'seconds');
  const inside = records[0].insideSeconds === undefined ? {} : { inside: spread(records, 'insideSeconds').median };
  return {
    rounds: records.length,
    seconds: median,
    least,
    greatest,
    ...inside,
    mbPerSecond: rounded(sizeBytes / 1e6 / median),
    archiveMb: rounded(records[0].archiveBytes / 1e6),
  };
}

/**
 * What encrypted archives are measured by: the whole process, then what is left of it for a service that runs already.
 */
export function encryptedTargets(rows, { mostOf7Zip, leastTimesArchiver }) {
  const { seconds, inside } = rows['libs/zip'];
  const again = rows['libs/zip, second archive'].seconds;
  const [sevenZip, archiver] = ['7-Zip', 'archiver-zip-encrypted'].map((name) => rows[name].seconds);
  const reached = `(7-Zip: ${rounded(archiver / sevenZip)})`;
  return [
    atMost("whole process / 7-Zip's", seconds / sevenZip, mostOf7Zip),
    atMost("without the start of Node / 7-Zip's", inside / sevenZip, mostOf7Zip),
    atMost("second archive of a process / 7-Zip's", again / sevenZip, mostOf7Zip),
    atLeast(`archiver-zip-encrypted's / whole process ${reached}`, archiver / seconds, leastTimesArchiver),
    atLeast("archiver-zip-encrypted's / second archive", archiver / again, leastTimesArchiver),
  ];
}
