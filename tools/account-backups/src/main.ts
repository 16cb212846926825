import { AppError } from '@account-backups/contracts';
import { accountBackups } from './program.js';
import { complain, endWithTheReader } from './terminal/output.js';

// `account-backups verify … | head` may close our output early
endWithTheReader();

try {
  await accountBackups().parseAsync();
} catch (error) {
  // a command that has more than one way to fail says which
  process.exitCode ||= 1;
  complain(sentencesOf(error));
}

/** Our errors, those of `zip` and those of the system (ENOENT) carry a code. */
function sentencesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [`INTERNAL: ${String(error)}`];
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'INTERNAL';
  const faults = error instanceof AppError ? (error.errors ?? []) : [];
  const more = faults.length > 1 ? faults.map(({ path, message }) => `  ${path || 'value'}: ${message}`) : [];
  return [`${code}: ${error.message}`, ...more];
}
