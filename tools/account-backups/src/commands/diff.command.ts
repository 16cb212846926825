import type { Command } from 'commander';
import { contentsOf, type ArchiveContents } from '../diff/archive-contents.js';
import { differences, isSame, warningsOf, type Changes, type Differences } from '../diff/differences.js';
import { withArchive } from '../archive/opened-archive.js';
import { passwordFor } from '../archive/password.js';
import { visible, visibleJson } from '../terminal/visible.js';

interface DiffOptions {
  readonly password?: string;
  readonly passwordB?: string;
  readonly json?: boolean;
}

const DIFFERENT = 2;

const HELP = `
A document is changed when anything that was registered of it differs, a file when its content does. Both are told
apart by their ids, so a new title or place alone adds and removes nothing. It believes what the archives say of
themselves: verify them first.

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
  if (!json) for (const warning of warnings) console.error(visible(`warning: ${warning}`));
  console.log(json ? visibleJson({ same: isSame(found), ...found, warnings }) : textOf(found));
}

function read(file: string, password: string | undefined): Promise<ArchiveContents> {
  return withArchive({ file }, async ({ reader }) => contentsOf(reader, await passwordFor(reader, password)));
}

function textOf({ documents, files }: Differences): string {
  return [...linesOf('documents', documents), ...linesOf('files', files)].join('\n');
}

function linesOf(what: string, { added, removed, changed }: Changes): readonly string[] {
  return [
    `${what}: ${added.length} added, ${removed.length} removed, ${changed.length} changed`,
    ...added.map(({ id, label }) => `  + ${visible(label)} (${id})`),
    ...removed.map(({ id, label }) => `  - ${visible(label)} (${id})`),
    ...changed.map(({ id, label }) => `  ~ ${visible(label)} (${id})`),
  ];
}
