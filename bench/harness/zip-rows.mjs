// What was measured of each candidate, as rows of a table.
import { rounded, spread } from './rounds.mjs';

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
