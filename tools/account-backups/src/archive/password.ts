import { createInterface } from 'node:readline';
import { normalizedPassword } from '@account-backups/contracts';
import type { ZipReader } from '@account-backups/zip';

/**
 * The archive's password, as archives are encrypted with it: the option, else `ACCOUNT_BACKUPS_PASSWORD`, else what is
 * typed, if an entry needs one.
 */
export async function passwordFor(archive: ZipReader, option: string | undefined): Promise<string | undefined> {
  const given = await givenPassword(archive, option);
  return given === undefined ? undefined : normalizedPassword(given);
}

async function givenPassword(archive: ZipReader, option: string | undefined): Promise<string | undefined> {
  const given = option ?? process.env.ACCOUNT_BACKUPS_PASSWORD;
  if (given !== undefined) return given;
  for await (const { encrypted, sizeBytes } of archive.entries()) {
    if (encrypted) return askPassword('Password of the archive: ');
    // An empty file is never encrypted.
    if (sizeBytes > 0) return undefined;
  }
  return undefined;
}

/** Asks at the terminal without showing what is typed; undefined without a terminal. */
async function askPassword(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  process.stderr.write(question);
  // without an output, nothing echoes
  const lines = createInterface({ input: process.stdin, terminal: true });
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
