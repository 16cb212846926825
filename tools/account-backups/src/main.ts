import { AppError } from '@account-backups/contracts';
import { Command } from 'commander';
import { addAuditCommand } from './commands/audit.command.js';
import { addDiffCommand } from './commands/diff.command.js';
import { addImportCommand } from './commands/import.command.js';
import { addScanCommand } from './commands/scan.command.js';
import { addStoreCommand } from './commands/store.command.js';
import { addSubscriptionCommand } from './commands/subscription.command.js';
import { addTokenCommand } from './commands/token.command.js';
import { addVerifyCommand } from './commands/verify.command.js';
import { visible } from './terminal/visible.js';

const program = new Command('account-backups')
  .description('Operate and sell account backups.')
  .version('0.1.0')
  .configureOutput({
    outputError: (text, write) => write(linesVisible(text.replace(/^error: /, 'VALIDATION_FAILED: '))),
  });

addTokenCommand(program);
addScanCommand(program);
addImportCommand(program);
addVerifyCommand(program);
addDiffCommand(program);
addSubscriptionCommand(program);
addStoreCommand(program);
addAuditCommand(program);

// `account-backups verify … | head` may close our output early: what was found until then still counts
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? process.exitCode : 1));
}

try {
  await program.parseAsync();
} catch (error) {
  // a command that has more than one way to fail says which
  process.exitCode ||= 1;
  console.error(sentenceOf(error));
}

/** Our errors, those of `zip` and those of the system (ENOENT) carry a code. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return `INTERNAL: ${visible(String(error))}`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'INTERNAL';
  const faults = error instanceof AppError ? (error.errors ?? []) : [];
  const more = faults.length > 1 ? faults.map(({ path, message }) => `  ${path || 'value'}: ${message}`) : [];
  return [`${code}: ${error.message}`, ...more].map(visible).join('\n');
}

function linesVisible(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
