import type { Backup } from '../api/client.js';
import type { Say } from '../language/texts.js';

/** What an archive lacks, a text for each kind; nothing where it lacks nothing. */
export function exceptionTexts(
  say: Say,
  { exceptionCount, exceptionCounts }: Pick<Backup, 'exceptionCount' | 'exceptionCounts'>,
): readonly string[] {
  // of an earlier archive only the sum is known, and it had no other kind
  const { documents, files } = exceptionCounts ?? { documents: 0, files: exceptionCount ?? 0 };
  return [
    ...(documents > 0 ? [say('exceptions.documents', { count: documents })] : []),
    ...(files > 0 ? [say('exceptions.files', { count: files })] : []),
  ];
}
