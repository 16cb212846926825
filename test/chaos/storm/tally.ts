import { backupIdsOf, type Journal } from './journal.js';

/** Counts for the report of a run. */
export function tallyOf(journal: Journal): object {
  return {
    ...journal.tally(),
    requests: {
      made: journal.requests.length,
      answered: journal.requests.filter((entry) => backupIdsOf(entry).length > 0).length,
    },
    downloads: countsOf(
      journal.downloads.map(({ downloadId, outcome }) => (downloadId === null ? 'not begun' : outcome)),
    ),
    bytesTaken: journal.downloads.flatMap(({ ranges }) => ranges).reduce((sum, { received }) => sum + received, 0),
    files: Array.from(journal.files.values(), (files) => files.size).reduce((sum, count) => sum + count, 0),
    documents: Array.from(journal.documents.values(), (documents) => documents.size).reduce((sum, n) => sum + n, 0),
  };
}

export function countsOf(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries(counts);
}
