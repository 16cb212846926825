import { AppError, hostId, parse } from '@account-backups/contracts';
import type { Command } from 'commander';
import { ApiClient } from '../system/api-client.js';
import { formatBytes } from '../terminal/format-bytes.js';
import { readFolder } from '../import/folder.js';
import { metadataColumns } from '../import/metadata.js';
import { Progress } from '../terminal/progress.js';
import { Register } from '../import/register.js';
import { checkFolder, runImport } from '../import/run-import.js';
import type { ImportSummary } from '../import/summary.js';
import { decoderOf } from '../import/table-text.js';
import { complain, print, printJson, screen } from '../terminal/output.js';
import { ownToken } from '../system/own-token.js';
import { addressOf } from '../system/running-system.js';

interface ImportOptions {
  readonly account: string;
  readonly orgUnit: string;
  readonly type: string;
  readonly dryRun?: boolean;
  readonly encoding?: string;
  readonly json?: boolean;
}

// long enough for a rolling restart of the gateway
const PATIENCE_MS = 30_000;
const MAX_LEFT_OUT_LINES = 50;

const HELP = `
Every file below the folder becomes a controlled document with one version. Hidden files, metadata files, symbolic links
and what programs leave behind (~$…, Thumbs.db, desktop.ini, .DS_Store …) are left out. The same --org-unit and path mean
the same document: a second run sends only what changed. --dry-run says beforehand what would be done. Nothing is sent
while the metadata has a fault or names an OU that the account does not have; all faults are told at once.

metadata.csv in the folder says more about files, one record each. Its columns, in any order, all but path optional:
  path (from the folder, with /),
  ${metadataColumns.slice(0, 9).join(', ')},
  ${metadataColumns.slice(9).join(', ')}
Its cells are separated by commas, semicolons or tabs, with quotes (") around those that have one.
owners, authors and org_units are lists, separated by semicolons. Days and times are ISO 8601. state is one of draft,
awaiting_authorisation, pending_release, authorised (the default), superseded.

A <file>.json beside a file says the same for that file, in camel case (createdAt, orgUnits); it wins over metadata.csv.

Environment: GATEWAY_URL, ACCOUNT_BACKUPS_TOKEN (scope provisioning), DATA_DIR; all from the running system if unset.`;

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .summary('register every file below a folder')
    .description('Registers every file below a folder as a controlled document.')
    .argument('<folder>', 'where the files are')
    .requiredOption('--account <accountId>', 'the account that they belong to')
    .requiredOption('--org-unit <orgUnitId>', 'where they are filed, unless their metadata says otherwise')
    .option('--type <type>', 'their type, unless their metadata says otherwise', 'SOP')
    .option('--dry-run', 'only say what would be done')
    .option('--encoding <name>', 'the encoding of metadata.csv, such as windows-1252; UTF-8 or UTF-16 unless given')
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', HELP)
    .action(importFolder);
}

async function importFolder(path: string, options: ImportOptions): Promise<void> {
  const { account, orgUnit, type, encoding, dryRun = false } = options;
  const accountId = parse(hostId, account, '--account');
  const defaults = { orgUnitId: parse(hostId, orgUnit, '--org-unit'), type };
  if (encoding !== undefined) decoderOf(encoding);
  const baseUrl = addressOf('gatewayUrl', process.env);
  const folder = await readFolder(path, encoding);
  const sizeBytes = folder.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const progress = new Progress(screen, { files: folder.files.length, sizeBytes });
  const gateway = new ApiClient({
    baseUrl,
    token: await ownToken('provisioning', process.env),
    patienceMs: PATIENCE_MS,
    onRetry: ({ message }) => progress.note(`${message}; trying again`),
  });
  const target = { register: new Register(gateway, accountId), defaults, dryRun };
  await checkFolder(folder, target);
  const summary = await runImport(folder, target, (file) => progress.advance(file.sizeBytes))
    // the error begins on a line of its own
    .finally(() => progress.end());
  report(summary, options.json);
}

function report(summary: ImportSummary, json: boolean | undefined): void {
  const { files, failed } = summary;
  if (json) printJson(summary);
  else print(summaryLines(summary));
  complain(failed.map(({ path, code, message }) => `${path}: ${code}: ${message}`));
  if (failed.length > 0) throw new AppError('SOURCE_UNUSABLE', `${failed.length} of ${files} files were not imported`);
}

function summaryLines({ dryRun, files, created, updated, unchanged, ...summary }: ImportSummary): readonly string[] {
  const { leftOut, failed, sizeBytes } = summary;
  const counts = `${created} created, ${updated} updated, ${unchanged} unchanged, ${failed.length} failed`;
  const unnamed = leftOut.length - MAX_LEFT_OUT_LINES;
  return [
    `${dryRun ? 'dry run, nothing was sent: ' : ''}${files} files: ${counts} (${formatBytes(sizeBytes)})`,
    ...leftOut.slice(0, MAX_LEFT_OUT_LINES).map(({ path, reason }) => `left out: ${path}: ${reason}`),
    ...(unnamed > 0 ? [`left out: ${unnamed} more, which --json lists`] : []),
  ];
}
