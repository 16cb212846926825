import { Command } from 'commander';
import { addAuditCommand } from './commands/audit.command.js';
import { addDiffCommand } from './commands/diff.command.js';
import { addImportCommand } from './commands/import.command.js';
import { addKeysCommand } from './commands/keys.command.js';
import { addScanCommand } from './commands/scan.command.js';
import { addStoreCommand } from './commands/store.command.js';
import { addSubscriptionCommand } from './commands/subscription.command.js';
import { addTokenCommand } from './commands/token.command.js';
import { addVerifyCommand } from './commands/verify.command.js';
import { complain } from './terminal/output.js';

/** `account-backups` with all its commands. */
export function accountBackups(): Command {
  const program = new Command('account-backups')
    .description('Operate and sell account backups.')
    .version('0.1.0')
    .configureOutput({
      outputError: (text) =>
        complain(
          text
            .replace(/^error: /, 'VALIDATION_FAILED: ')
            .trimEnd()
            .split('\n'),
        ),
    });
  addTokenCommand(program);
  addScanCommand(program);
  addImportCommand(program);
  addVerifyCommand(program);
  addDiffCommand(program);
  addSubscriptionCommand(program);
  addStoreCommand(program);
  addAuditCommand(program);
  addKeysCommand(program);
  return program;
}
