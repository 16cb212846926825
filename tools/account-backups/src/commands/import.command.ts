import { AppError, hostId, parse } from '@account-backups/contracts';
import type { Command } from 'commander';
import { ApiClient } from '../system/api-client.js';
import { formatBytes } from '../terminal/format-bytes.js';
import { readFolder } from '../import/folder.js';
import { metadataColumns } from '../import/metadata.js';
import { Progress } from '../terminal/progress.js';
import { runImport, type ImportSummary } from '../import/run-import.js';
import { ownToken } from '../system/own-token.js';
import { addressOf } from '../system/running-system.js';

interface ImportOptions {
  readonly account: string;
  readonly orgUnit: string;
  readonly type: string;
  readonly json?: boolean;
}

// long enough for a rolling restart of the gateway
const PATIENCE_MS = 30_000;

const HELP = `
Every file below the folder becomes a controlled document with one version. Hidden files, metadata files and symbolic
links are left out. A second run sends the same again and changes nothing.

metadata.csv in the folder says more about files, one record each. Its columns, in any order, all but path optional:
  path (from the folder, with /),
  ${metadataColumns.slice(0, 9).join(', ')},
  ${metadataColumns.slice(9).join(', ')}
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
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', HELP)
    .action(importFolder);
}

async function importFolder(folder: string, { account, orgUnit, type, json }: ImportOptions): Promise<void> {
  const accountId = parse(hostId, account, '--account');
  const defaults = { orgUnitId: parse(hostId, orgUnit, '--org-unit'), type };
  const baseUrl = addressOf('gatewayUrl', process.env);
  const files = await readFolder(folder);
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const progress = new Progress(process.stderr, { files: files.length, sizeBytes });
  const gateway = new ApiClient({
    baseUrl,
    token: await ownToken('provisioning', process.env),
    patienceMs: PATIENCE_MS,
    onRetry: ({ message }) => progress.note(`${message}; trying again`),
  });
  const summary = await runImport(files, { gateway, accountId, defaults }, (file) => progress.advance(file.sizeBytes))
    // the error begins on a line of its own
    .finally(() => progress.end());
  report(summary, json);
}

function report(summary: ImportSummary, json: boolean | undefined): void {
  const { imported, sizeBytes, failed } = summary;
  console.log(
    json ? JSON.stringify(summary) : `imported ${imported} files (${formatBytes(sizeBytes)}), ${failed.length} failed`,
  );
  for (const { path, code, message } of failed) console.error(`${path}: ${code}: ${message}`);
  if (failed.length === 0) return;
  throw new AppError('SOURCE_UNUSABLE', `${failed.length} of ${imported + failed.length} files were not imported`);
}
