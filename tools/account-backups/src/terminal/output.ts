// The one way out of a command: what a stranger wrote is made visible here, whoever prints it.
import { visible, visibleCsv, visibleJson } from '@account-backups/local-stack/system/visible.js';

/** Lines of the answer. A line break within one is shown, not obeyed. */
export function print(lines: Iterable<string>): void {
  for (const line of lines) console.log(visible(line));
}

/** The answer as JSON, on one line. */
export function printJson(value: unknown): void {
  console.log(visibleJson(value));
}

/** The answer as CSV, records ending as they came. */
export function printCsv(text: string): void {
  process.stdout.write(visibleCsv(text));
}

/** Lines about what went wrong, on stderr. */
export function complain(lines: Iterable<string>): void {
  for (const line of lines) console.error(visible(line));
}

/** What moves the cursor itself: a progress bar, a question. Text of strangers goes through `visible` before. */
export const screen: NodeJS.WriteStream = process.stderr;

/** Once whoever reads stops reading, the rest is not said: what was found until then still counts. */
export function endWithTheReader(): void {
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? process.exitCode : 1));
  }
}
