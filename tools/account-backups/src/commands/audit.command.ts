import { readFile } from 'node:fs/promises';
import { AppError, hostId, parse, SYSTEM_CHAIN, type TrailEntry } from '@account-backups/contracts';
import type { Bus } from '@account-backups/messaging';
import { Option, type Command } from 'commander';
import { askService } from '../system/ask-service.js';
import { addressOf } from '../system/running-system.js';
import { overBus } from '../system/over-bus.js';
import { toldCommand } from '../system/told-command.js';
import { print, printCsv, printJson } from '../terminal/output.js';
import { csvOfEntry, CSV_HEAD } from '../trail/entry-csv.js';

type Format = 'jsonl' | 'csv';

interface ChainOptions {
  readonly account?: string;
  readonly system?: boolean;
}

interface VerifyOptions extends ChainOptions {
  readonly checkpoint?: readonly string[];
  readonly json?: boolean;
}

interface CheckpointOptions extends ChainOptions {
  readonly verifier?: boolean;
  readonly json?: boolean;
}

export function addAuditCommand(program: Command): void {
  const audit = program
    .command('audit')
    .summary('check the audit')
    .description('Checks and exports what was recorded.');
  withChain(audit.command('verify'))
    .description(
      'Recomputes a chain of records and compares it with its checkpoints; fails when a record was edited, removed, ' +
        'replaced or cut off, and names the first.',
    )
    .option(
      '--checkpoint <file>',
      'compare with this checkpoint, and with no others (repeatable); default: all in the object store',
      (file: string, before?: readonly string[]) => [...(before ?? []), file],
    )
    .option('--json', 'print the result as JSON')
    .action(verifyChain);
  withChain(audit.command('checkpoint'))
    .description(
      'Makes a checkpoint (a C2SP signed note) of a chain as it is now, keeps it in the store and prints it.',
    )
    .option('--verifier', 'print what others need to check signatures of checkpoints, and make none')
    .option('--json', 'print it as JSON')
    .action(makeCheckpoint);
  withChain(audit.command('export'))
    .description('Prints a chain of records for an auditor: who did what to what, when, from where and how it ended.')
    .addOption(new Option('--format <format>', 'how').choices(['jsonl', 'csv']).default('jsonl'))
    .action(exportChain);
}

function withChain(command: Command): Command {
  return command
    .addOption(new Option('--account <accountId>', 'the chain of this account').conflicts('system'))
    .option('--system', 'the chain of what concerns no single account');
}

async function verifyChain({ checkpoint: files, json, ...chain }: VerifyOptions): Promise<void> {
  const accountId = chainOf(chain);
  const checkpoints = files && (await Promise.all(files.map(textOf)));
  const question = { accountId, ...(checkpoints && { checkpoints }) };
  const result = await askService(addressOf('rabbitmqUrl', process.env), 'downloads.verify-chain', question);
  const { links, head, fault } = result;
  if (json) printJson(result);
  if (fault) {
    const place = `the chain of ${accountId} is broken at record ${fault.sequence}`;
    throw new AppError('AUDIT_CHAIN_BROKEN', `${place}: ${fault.message}`);
  }
  if (!json) print([`${links} records, unbroken; head ${head.sequence} ${head.hash}`]);
}

async function makeCheckpoint({ verifier, json, ...chain }: CheckpointOptions): Promise<void> {
  const address = addressOf('rabbitmqUrl', process.env);
  const result = verifier
    ? await askService(address, 'downloads.get-checkpoint-verifier', {})
    : await askService(address, 'downloads.make-checkpoint', { accountId: chainOf(chain) });
  if (json) return printJson(result);
  print(('verifier' in result ? result.verifier : result.checkpoint.trimEnd()).split('\n'));
}

const PAGE_ENTRIES = 500;

async function exportChain({ format, ...chain }: ChainOptions & { readonly format: Format }): Promise<void> {
  const chainId = chainOf(chain);
  await overBus(addressOf('rabbitmqUrl', process.env), (bus) =>
    toldCommand(bus, 'audit export', () => printChain(bus, chainId, format), `audit/${chainId}`),
  );
}

/** A page at a time: a chain may have millions. */
async function printChain(bus: Pick<Bus, 'request'>, chainId: string, format: Format): Promise<void> {
  if (format === 'csv') printCsv(CSV_HEAD);
  let afterSequence = 0;
  for (;;) {
    const { entries } = await bus.request('trail.list', { chainId, afterSequence, limit: PAGE_ENTRIES });
    if (format === 'csv') printCsv(entries.map(csvOfEntry).join(''));
    else for (const entry of entries) printJson(inOrder(entry));
    const last = entries.at(-1);
    if (!last || entries.length < PAGE_ENTRIES) return;
    afterSequence = last.sequence;
  }
}

/** Always the same order of fields, whatever kind of record it is. */
function inOrder({
  sequence,
  at,
  actor,
  action,
  subject,
  outcome,
  ipAddress,
  userAgent,
  details,
}: TrailEntry): TrailEntry {
  return { sequence, at, actor, action, subject, outcome, ipAddress, userAgent, details };
}

function chainOf({ account, system }: ChainOptions): string {
  if (system) return SYSTEM_CHAIN;
  if (account !== undefined) return parse(hostId, account, '--account');
  throw new AppError('VALIDATION_FAILED', 'expected --account <accountId> or --system');
}

/** A note ends with a line end, which is easily lost where somebody copies it. */
async function textOf(file: string): Promise<string> {
  try {
    return `${(await readFile(file, 'utf8')).trimEnd()}\n`;
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', `--checkpoint ${file}: the file cannot be read`, { cause });
  }
}
