import { createInterface } from 'node:readline';
import { screen } from './output.js';

/** Asks at the terminal without showing what is typed; undefined without a terminal. */
export async function askPassword(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  screen.write(question);
  // without an output, nothing echoes
  const lines = createInterface({ input: process.stdin, terminal: true });
  try {
    return await new Promise<string | undefined>((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(undefined));
    });
  } finally {
    lines.close();
    screen.write('\n');
  }
}
