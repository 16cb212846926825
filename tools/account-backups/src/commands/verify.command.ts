import { AppError } from '@account-backups/contracts';
import type { Command } from 'commander';
import { faultCount, type Damage, type Findings } from '../verify/findings.js';
import { withArchive, type OpenedArchive } from '../archive/opened-archive.js';
import { passwordFor } from '../archive/password.js';
import { readReceipt, type CheckedReceipt } from '../verify/receipt.js';
import { measureWhole, recordFaults, type RecordedArchive, type WholeFile } from '../verify/recorded-archive.js';
import { originOf, registeredArchive } from '../verify/registered.js';
import { verifyArchive } from '../verify/verify-archive.js';

interface VerifyOptions {
  readonly password?: string;
  readonly receipt?: string;
  readonly receiptKey?: string;
  readonly online?: boolean;
  readonly account?: string;
  readonly user?: string;
  readonly json?: boolean;
}

interface Verified {
  readonly findings: Findings;
  readonly whole: WholeFile | null;
  readonly receipt: CheckedReceipt | null;
  readonly online: boolean;
}

const HELP = `
Needs nothing but the file. Every byte counts: contents are held against the manifests, headers, directory and
compressed streams against what Account Backups writes. Fails when anything is missing, extra, altered or damaged,
and names it.

--receipt holds the whole file against a signed receipt (GET /api/v1/backups/{backupId}/receipt) and checks its
signature; --receipt-key says which key it must be. --online asks the system what it has on record of the backup that
the archive says it is of, also after it expired.

The password of a protected archive is best given as ACCOUNT_BACKUPS_PASSWORD or typed when asked: one on the command
line shows in the list of processes.

Environment of --online: GATEWAY_URL, ACCOUNT_BACKUPS_TOKEN (of a person), DATA_DIR; from the running system if unset.`;

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .summary('check an archive against its manifest, a receipt, the system')
    .description('Checks every byte of an archive.')
    .argument('<zip>', 'the archive')
    .option('--password <password>', 'password of the archive')
    .option('--receipt <file>', 'a signed receipt of the backup')
    .option('--receipt-key <key>', 'the public key that the receipt must be signed with: a PEM file, or its id')
    .option('--online', 'ask the system what it has on record')
    .option('--account <accountId>', 'with --online: the account of --user (local issuer)')
    .option('--user <userId>', 'with --online: somebody who may see the backup')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(verify);
}

async function verify(file: string, options: VerifyOptions): Promise<void> {
  // A bad receipt is refused before a large archive is read.
  const receipt = options.receipt === undefined ? null : await readReceipt(options.receipt, options.receiptKey);
  const verified = await withArchive(file, (archive) => check(archive, receipt, options));
  report(verified, file, options.json);
}

async function check(
  archive: OpenedArchive,
  receipt: CheckedReceipt | null,
  options: VerifyOptions,
): Promise<Verified> {
  const { findings, provenance } = await verifyArchive(archive, await passwordFor(archive.reader, options.password));
  const records = receipt ? [recordOf(receipt)] : [];
  if (options.online) records.push(await registeredOf(provenance, options));
  const online = options.online === true;
  if (records.length === 0) return { findings, whole: null, receipt, online };
  const whole = await measureWhole(archive.readRange, archive.sizeBytes);
  const { backupId } = originOf(provenance);
  const faults: readonly Damage[] = records.flatMap((record) => recordFaults(record, whole, backupId));
  return { findings: { ...findings, damaged: [...findings.damaged, ...faults] }, whole, receipt, online };
}

function recordOf({ receipt: { backup, archive } }: CheckedReceipt): RecordedArchive {
  return { source: 'receipt', backupId: backup.backupId, sizeBytes: archive.sizeBytes, sha256: archive.sha256 };
}

function registeredOf(provenance: unknown, { account, user }: VerifyOptions): Promise<RecordedArchive> {
  return registeredArchive(originOf(provenance).backupId, { account, user }, process.env);
}

function report(verified: Verified, file: string, json: boolean | undefined): void {
  const { findings } = verified;
  const ok = faultCount(findings) === 0;
  if (json) console.log(JSON.stringify(jsonOf(verified, ok)));
  else for (const line of linesOf(verified)) console.log(line);
  for (const kind of ['missing', 'extra', 'altered'] as const) {
    for (const path of findings[kind]) console.error(`${kind}: ${path}`);
  }
  for (const { where, fault } of findings.damaged) console.error(`damaged: ${where}: ${fault}`);
  if (!ok) throw new AppError('ARCHIVE_UNREADABLE', `${file} is not as it was made`);
}

function jsonOf({ findings, whole, receipt, online }: Verified, ok: boolean): object {
  return {
    ok,
    ...findings,
    whole,
    receipt: receipt && { keyId: receipt.keyId, keyTrusted: receipt.keyTrusted, ...receipt.receipt },
    online,
  };
}

function linesOf({ findings, whole, receipt, online }: Verified): readonly string[] {
  const { checked, missing, extra, altered, damaged } = findings;
  const counts = `${missing.length} missing, ${extra.length} extra, ${altered.length} altered, ${damaged.length} damaged`;
  return [
    `checked ${checked} entries: ${counts}`,
    ...(whole ? [`SHA-256 ${whole.sha256}, ${whole.sizeBytes} bytes`] : []),
    ...(receipt ? [receiptLine(receipt)] : []),
    ...(online ? ['held against what the system has on record'] : []),
  ];
}

function receiptLine({ receipt, keyId, keyTrusted }: CheckedReceipt): string {
  const advice = keyTrusted ? '' : ' (compare this id with the one that the operator publishes)';
  return `receipt of ${receipt.issuedAt}, signed by the key ${keyId}${advice}`;
}
