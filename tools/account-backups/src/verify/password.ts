import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export interface PasswordSources {
  /** From the command line, where other users of the machine can see it. */
  readonly option?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The password given on the command line or as `ACCOUNT_BACKUPS_PASSWORD`. */
export function givenPassword({ option, environment }: PasswordSources): string | undefined {
  return option ?? environment.ACCOUNT_BACKUPS_PASSWORD;
}

/** Asks at the terminal without showing what is typed; undefined where there is no terminal to ask at. */
export async function askPassword(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  process.stderr.write(question);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silence, terminal: true });
  try {
    return await new Promise<string | undefined>((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(undefined));
    });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
