import { AppError } from '@account-backups/contracts';
import type { Command } from 'commander';
import { withArchive, type OpenedArchive } from '../archive/opened-archive.js';
import { passwordFor } from '../archive/password.js';
import { EXCEPTIONS_PATH, exceptionText } from '../csv/exceptions-table.js';
import { askPassword } from '../terminal/ask-password.js';
import { complain, print, printJson } from '../terminal/output.js';
import type { ExceptionCounts } from '../verify/exception-counts.js';
import { faultCount, faultKinds, withDamage, type Findings } from '../verify/findings.js';
import { rememberKey } from '../verify/known-keys.js';
import { readReceipt, type CheckedReceipt, type Voucher } from '../verify/receipt.js';
import { measureWhole, recordFaults, type RecordedArchive, type WholeFile } from '../verify/recorded-archive.js';
import { backupOf, registeredArchive } from '../verify/registered.js';
import { verifyArchive } from '../verify/verify-archive.js';

interface VerifyOptions {
  readonly password?: string;
  readonly receipt?: string;
  readonly receiptKey?: string;
  readonly knownKeys?: string;
  readonly online?: boolean;
  readonly account?: string;
  readonly user?: string;
  readonly json?: boolean;
}

/** The archive is sound, but nobody says that the receipt's key is the operator's. */
const NOBODY_VOUCHES = 3;

/** Who vouches for a receipt's key: its first use does when it is kept in the file of known keys. */
type KeyVoucher = Voucher | 'system' | 'first-use';

interface Verified {
  readonly findings: Findings;
  readonly exceptions: ExceptionCounts | null;
  readonly whole: WholeFile | null;
  readonly receipt: CheckedReceipt | null;
  readonly voucher: KeyVoucher | null;
  readonly online: boolean;
}

const HELP = `
Needs nothing but the file. Every byte counts: contents are held against the manifests, headers, directory and
compressed streams against what Account Backups writes. Fails when anything is missing, extra, altered or damaged,
and names it.

--receipt holds the whole file against a signed receipt (GET /api/v1/backups/{backupId}/receipt) and checks its
signature. Anybody can sign with a key of their own: --receipt-key says which key it must be; --known-keys names a file
that remembers the first key and refuses every other one later. --online asks the system what it has on record of the backup that
the archive says it is of, also after it expired.

Exit code: 0 when the archive is sound, 1 when it is not or cannot be read, ${NOBODY_VOUCHES} when it is sound but nobody vouches for
the receipt's key, whose id is printed.

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
    .option('--known-keys <file>', 'remember the first key in this file, and take no other one later')
    .option('--online', 'ask the system what it has on record')
    .option('--account <accountId>', 'with --online: the account of --user (local issuer)')
    .option('--user <userId>', 'with --online: somebody who may see the backup')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action(verify);
}

async function verify(file: string, options: VerifyOptions): Promise<void> {
  const { receiptKey: trustedKey, knownKeys, json } = options;
  if (options.receipt === undefined && (trustedKey ?? knownKeys) !== undefined) {
    throw new AppError('VALIDATION_FAILED', '--receipt-key and --known-keys are about the key of a --receipt');
  }
  // A bad receipt is refused before a large archive is read.
  const receipt = options.receipt === undefined ? null : await readReceipt(options.receipt, { trustedKey, knownKeys });
  const expectedSizeBytes = receipt?.receipt.archive.sizeBytes;
  const verified = await withArchive({ file, expectedSizeBytes }, (archive) => check(archive, receipt, options)).catch(
    (error: unknown) => {
      const details = AppError.is(error, 'ARCHIVE_UNREADABLE') ? error.details : undefined;
      if (json && details) printJson({ ok: false, incomplete: details });
      throw error;
    },
  );
  await report(verified, file, options);
}

async function check(
  archive: OpenedArchive,
  receipt: CheckedReceipt | null,
  options: VerifyOptions,
): Promise<Verified> {
  const password = await passwordFor(archive.reader, options.password, askPassword);
  const { findings, origin, exceptions } = await verifyArchive(archive, password);
  const registered = options.online ? await registeredArchive(backupOf(origin), options, process.env) : undefined;
  const records = [...(receipt ? [recordOf(receipt)] : []), ...(registered ? [registered.archive] : [])];
  const online = registered !== undefined;
  const voucher: KeyVoucher | null =
    receipt?.keyVouchedBy ?? (registered?.receiptKeyId === receipt?.keyId && receipt ? 'system' : null);
  const said = { exceptions, receipt, voucher, online };
  if (records.length === 0) return { findings, whole: null, ...said };
  const whole = await measureWhole(archive.readRange, archive.sizeBytes);
  const faults = records.flatMap((record) => recordFaults(record, whole, backupOf(origin)));
  return { findings: withDamage(findings, faults), whole, ...said };
}

function recordOf({ receipt: { backup, archive } }: CheckedReceipt): RecordedArchive {
  return { source: 'receipt', backupId: backup.backupId, sizeBytes: archive.sizeBytes, sha256: archive.sha256 };
}

async function report(verified: Verified, file: string, { json, knownKeys }: VerifyOptions): Promise<void> {
  const { findings, receipt } = verified;
  const isSound = faultCount(findings) === 0;
  const isFirst = isSound && receipt?.mayBeFirst === true && knownKeys !== undefined;
  if (isFirst) await rememberKey(knownKeys, receipt.keyId);
  const voucher = verified.voucher ?? (isFirst ? 'first-use' : null);
  const isVouched = !receipt || voucher !== null;
  // Before anything is printed: whoever reads may stop reading.
  if (isSound && !isVouched) process.exitCode = NOBODY_VOUCHES;
  if (!isSound) process.exitCode = 1;
  if (json) printJson(jsonOf(verified, isSound, voucher));
  else print(linesOf(verified, voucher));
  complain(faultLines(findings));
  if (!isSound) throw new AppError('ARCHIVE_UNREADABLE', `${file} is not as it was made`);
  if (isVouched) return;
  const sentence = `the archive is sound, but nobody vouches for the key of the receipt, ${receipt.keyId}`;
  throw new AppError('RECEIPT_KEY_UNKNOWN', sentence);
}

function jsonOf(verified: Verified, ok: boolean, keyVouchedBy: KeyVoucher | null): object {
  const { findings, exceptions, whole, receipt, online } = verified;
  const key = { keyId: receipt?.keyId, keyTrusted: keyVouchedBy !== null, keyVouchedBy };
  return { ok, ...findings, exceptions, whole, receipt: receipt && { ...key, ...receipt.receipt }, online };
}

function linesOf(
  { findings, exceptions, whole, receipt, online }: Verified,
  voucher: KeyVoucher | null,
): readonly string[] {
  const counts = faultKinds.map((kind) => `${findings.counts[kind]} ${kind}`).join(', ');
  return [
    `checked ${findings.checked} entries: ${counts}`,
    ...exceptionLines(exceptions),
    ...(whole ? [`SHA-256 ${whole.sha256}, ${whole.sizeBytes} bytes`] : []),
    ...(receipt ? [`${receiptText(receipt)}${ADVICE[voucher ?? 'nobody']}`] : []),
    ...(online ? ['held against what the system has on record'] : []),
  ];
}

/** What the archive says it lacks is no fault of the archive. */
function exceptionLines(exceptions: ExceptionCounts | null): readonly string[] {
  const texts = Object.entries(exceptions ?? {}).map(([code, count]) => exceptionText(code, count));
  return texts.length > 0 ? [`not included, as ${EXCEPTIONS_PATH} says: ${texts.join(', ')}`] : [];
}

function receiptText({ receipt: { issuedAt }, keyId }: CheckedReceipt): string {
  return `receipt of ${issuedAt}, signed by the key ${keyId}`;
}

const ADVICE: Readonly<Record<KeyVoucher | 'nobody', string>> = {
  system: ', with which the system signs',
  'receipt-key': '',
  'known-keys': ', which is known',
  'first-use': ', the first one, which is known from now on',
  nobody: ' (compare this id with the one that the operator publishes)',
};

function* faultLines(findings: Findings): Generator<string> {
  for (const kind of faultKinds) {
    for (const fault of findings[kind]) {
      yield `${kind}: ${typeof fault === 'string' ? fault : `${fault.where}: ${fault.fault}`}`;
    }
    const unnamed = findings.counts[kind] - findings[kind].length;
    if (unnamed > 0) yield `${kind}: ${unnamed} more`;
  }
}
