import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { ZipReader } from '@account-backups/zip';

export interface PasswordSources {
  /** From the command line, where other users of the machine can see it. */
  readonly option?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The password given on the command line or as `ACCOUNT_BACKUPS_PASSWORD`. */
export function givenPassword({ option, environment }: PasswordSources): string | undefined {
  return option ?? environment.ACCOUNT_BACKUPS_PASSWORD;
}

/** The password of an archive, asked for only where an entry needs one. */
export async function passwordFor(archive: ZipReader, option: string | undefined): Promise<string | undefined> {
  const given = givenPassword({ ...(option !== undefined && { option }), environment: process.env });
  if (given !== undefined) return given;
  for await (const { encrypted, sizeBytes } of archive.entries()) {
    if (encrypted) return askPassword('Password of the archive: ');
    // An empty file is never enciphered.
    if (sizeBytes > 0) return undefined;
  }
  return undefined;
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
