import type { Command } from 'commander';
import { contentsOf, type ArchiveContents } from '../diff/archive-contents.js';
import {
  differences,
  isSame,
  warningsOf,
  type Changes,
  type Differences,
  type NewException,
} from '../diff/differences.js';
import { withArchive } from '../archive/opened-archive.js';
import { passwordFor } from '../archive/password.js';
import { askPassword } from '../terminal/ask-password.js';
import { complain, print, printJson } from '../terminal/output.js';

interface DiffOptions {
  readonly password?: string;
  readonly passwordB?: string;
  readonly json?: boolean;
}

const DIFFERENT = 2;

const HELP = `
A document is changed when anything that was registered of it differs, a file when its content does. Both are told
apart by their ids, so a new title or place alone adds and removes nothing. What the later archive tells among its
exceptions, such as a document that lies in no organisational unit, was not removed and is listed apart. It believes
what the archives say of themselves: verify them first.

Exit code: 0 when both hold the same, ${DIFFERENT} when they differ, 1 when they cannot be compared.

The password is that of both archives (or ACCOUNT_BACKUPS_PASSWORD), unless the second has one of its own.`;

export function addDiffCommand(program: Command): void {
  program
    .command('diff')
    .summary('tell what changed between two archives')
    .description('Lists the documents and files that were added, removed or changed from one archive to another.')
    .argument('<a>', 'the earlier archive')
    .argument('<b>', 'the later archive')
    .option('--password <password>', 'password of the archives')
    .option('--password-b <password>', 'password of the later archive')
    .option('--json', 'print the differences as JSON')
    .addHelpText('after', HELP)
    .action(diff);
}

async function diff(first: string, second: string, { password, passwordB, json }: DiffOptions): Promise<void> {
  const [earlier, later] = [await read(first, password), await read(second, passwordB ?? password)];
  const found = differences(earlier, later);
  const warnings = warningsOf(earlier, later);
  if (!isSame(found)) process.exitCode = DIFFERENT;
  if (!json) complain(warnings.map((warning) => `warning: ${warning}`));
  if (json) printJson({ same: isSame(found), ...found, warnings });
  else print(linesOfAll(found));
}

function read(file: string, password: string | undefined): Promise<ArchiveContents> {
  return withArchive({ file }, async ({ reader }) =>
    contentsOf(reader, await passwordFor(reader, password, askPassword)),
  );
}

function linesOfAll({ documents, files, exceptions }: Differences): readonly string[] {
  return [...linesOf('documents', documents), ...linesOf('files', files), ...exceptionLines(exceptions)];
}

function linesOf(what: string, { added, removed, changed }: Changes): readonly string[] {
  return [
    `${what}: ${added.length} added, ${removed.length} removed, ${changed.length} changed`,
    ...added.map(({ id, label }) => `  + ${label} (${id})`),
    ...removed.map(({ id, label }) => `  - ${label} (${id})`),
    ...changed.map(({ id, label }) => `  ~ ${label} (${id})`),
  ];
}

/** Nothing where the later archive tells of no new one. */
function exceptionLines(exceptions: readonly NewException[]): readonly string[] {
  if (exceptions.length === 0) return [];
  const lines = exceptions.map(({ id, label, code }) => `  ! ${label} (${id}): ${code}`);
  return [`exceptions: ${exceptions.length} new in the later archive`, ...lines];
}
