import { normalizedPassword } from '@account-backups/contracts';
import type { ZipReader } from '@account-backups/zip';

type Ask = (question: string) => Promise<string | undefined>;

/**
 * The archive's password, as archives are encrypted with it: the option, else `ACCOUNT_BACKUPS_PASSWORD`, else what
 * `ask` gives, if an entry needs one.
 */
export async function passwordFor(
  archive: ZipReader,
  option: string | undefined,
  ask: Ask,
): Promise<string | undefined> {
  const given = await givenPassword(archive, option, ask);
  return given === undefined ? undefined : normalizedPassword(given);
}

async function givenPassword(archive: ZipReader, option: string | undefined, ask: Ask): Promise<string | undefined> {
  const given = option ?? process.env.ACCOUNT_BACKUPS_PASSWORD;
  if (given !== undefined) return given;
  for await (const { encrypted, sizeBytes } of archive.entries()) {
    if (encrypted) return ask('Password of the archive: ');
    // An empty file is never encrypted.
    if (sizeBytes > 0) return undefined;
  }
  return undefined;
}
