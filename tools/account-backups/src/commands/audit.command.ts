import { AppError, hostId, parse } from '@account-backups/contracts';
import type { Command } from 'commander';
import { askService } from '../system/ask-service.js';
import { addressOf } from '../system/running-system.js';
import { print, printJson } from '../terminal/output.js';

interface AuditOptions {
  readonly account: string;
  readonly json?: boolean;
}

export function addAuditCommand(program: Command): void {
  program
    .command('audit')
    .summary('check the record of downloads')
    .description('Checks the record of downloads.')
    .command('verify')
    .description("Recomputes an account's chain of download records; fails when one was edited, removed or cut off.")
    .requiredOption('--account <accountId>', 'the account')
    .option('--json', 'print the result as JSON')
    .action(verifyChain);
}

async function verifyChain({ account, json }: AuditOptions): Promise<void> {
  const accountId = parse(hostId, account, '--account');
  const result = await askService(addressOf('rabbitmqUrl', process.env), 'downloads.verify-chain', { accountId });
  const { links, head, fault } = result;
  if (json) printJson(result);
  if (fault) {
    const place = `the chain of ${accountId} is broken at record ${fault.sequence}`;
    throw new AppError('AUDIT_CHAIN_BROKEN', `${place}: ${fault.message}`);
  }
  if (!json) print([`${links} records, unbroken; head ${head.sequence} ${head.hash}`]);
}
