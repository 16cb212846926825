import { open } from 'node:fs/promises';
import { AppError } from '@account-backups/contracts';
import { rangesOfFile, ZipReader } from '@account-backups/zip';
import type { Command } from 'commander';
import type { Comparison } from '../verify/manifest.js';
import { askPassword, givenPassword } from '../verify/password.js';
import { verifyArchive } from '../verify/verify-archive.js';

interface VerifyOptions {
  readonly password?: string;
  readonly json?: boolean;
}

const HELP = `
Needs nothing but the file. Fails when an entry is missing, extra or altered, and names it.

The password of a protected archive is best given as ACCOUNT_BACKUPS_PASSWORD or typed when asked: one on the command
line shows in the list of processes.`;

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .summary('check an archive against its manifest')
    .description('Checks every entry of an archive against the manifest that the archive carries.')
    .argument('<zip>', 'the archive')
    .option('--password <password>', 'password of the archive')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(verify);
}

async function verify(file: string, { password, json }: VerifyOptions): Promise<void> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new AppError('NOT_FOUND', `${file} cannot be opened`, { cause });
  });
  try {
    const { size } = await handle.stat();
    const archive = await ZipReader.open(rangesOfFile(handle), size);
    report(await verifyArchive(archive, await passwordFor(archive, password)), { file, json });
  } finally {
    await handle.close();
  }
}

/** Asked for only where an entry needs one. */
async function passwordFor(archive: ZipReader, option: string | undefined): Promise<string | undefined> {
  const given = givenPassword({ ...(option !== undefined && { option }), environment: process.env });
  if (given !== undefined) return given;
  for await (const entry of archive.entries()) {
    if (entry.encrypted) return askPassword('Password of the archive: ');
    if (!entry.name.endsWith('/')) return undefined;
  }
  return undefined;
}

interface ReportOptions {
  readonly file: string;
  readonly json: boolean | undefined;
}

function report(result: Comparison, { file, json }: ReportOptions): void {
  const { checked, missing, extra, altered } = result;
  const faults = missing.length + extra.length + altered.length;
  if (json) console.log(JSON.stringify({ ok: faults === 0, ...result }));
  else
    console.log(
      `checked ${checked} entries: ${missing.length} missing, ${extra.length} extra, ${altered.length} altered`,
    );
  for (const path of missing) console.error(`missing: ${path}`);
  for (const path of extra) console.error(`extra: ${path}`);
  for (const path of altered) console.error(`altered: ${path}`);
  if (faults > 0) throw new AppError('ARCHIVE_UNREADABLE', `${file} is not what its manifest says`);
}
