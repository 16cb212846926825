import { AppError } from '@account-backups/contracts';

/** Above what any line of an archive of ours has. */
export const MAX_TEXT_BYTES = 64 * 1_048_576;

/**
 * The text of each record of a CSV: a line that ends inside quotes continues on the next. Memory: one record. Throws
 * `ARCHIVE_UNREADABLE` for one of more than `maxLength` characters.
 */
export async function* csvTexts(
  lines: AsyncIterable<string>,
  maxLength = MAX_TEXT_BYTES,
): AsyncGenerator<string, void, undefined> {
  let open: string[] = [];
  let openLength = 0;
  let isOpen = false;
  for await (const line of lines) {
    open.push(line);
    openLength += line.length;
    if (openLength > maxLength) throw new AppError('ARCHIVE_UNREADABLE', 'a quote of a table is not closed');
    if (((line.match(/"/g)?.length ?? 0) % 2 === 1) !== isOpen) {
      isOpen = true;
      continue;
    }
    yield open.join('\n');
    [open, openLength, isOpen] = [[], 0, false];
  }
  if (open.length > 0) yield open.join('\n');
}
