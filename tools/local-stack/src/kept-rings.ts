// The key rings of a local system, as files that the command `keys` changes.
import { existsSync, readFileSync } from 'node:fs';
import { RingFolder, ringNames, RingKey, type RingName } from '@account-backups/service-kit/keys';

/** Below the data folder. */
export const KEYS_FOLDER = 'keys';

/** What rings were before: a setting, and a field of the file of secrets. Drop them with the release after. */
const former: Readonly<Partial<Record<RingName, { readonly setting: string; readonly field: string }>>> = {
  session: { setting: 'SESSION_KEY', field: 'sessionKey' },
  seal: { setting: 'PASSWORD_SEAL_PRIVATE_KEY', field: 'sealPrivateKey' },
  receipt: { setting: 'RECEIPT_SIGNING_KEY', field: 'receiptSigningKey' },
  // A ring of one already, with a name.
  audit: { setting: 'AUDIT_KEYS', field: 'auditKeys' },
};
export const FORMER_KEYS = [...Object.values(former).map(({ setting }) => setting), 'PASSWORD_SEAL_PUBLIC_KEY'];

const FORMER_KEY_ID = 'former';

interface FormerSecrets {
  /** The file of secrets of an earlier release, if there is one. */
  readonly file?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Makes the rings that a folder does not have; a key that an earlier release used goes on in its ring. */
export async function keepRings(folder: string, { file, environment }: FormerSecrets): Promise<void> {
  const kept = file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};
  const fields = new Map<string, unknown>(Object.entries(kept));
  const rings = new RingFolder(folder);
  for (const ring of ringNames) {
    const { setting = '', field = '' } = former[ring] ?? {};
    const text = environment[setting] || fields.get(field);
    await rings.create(ring, new Date(), typeof text === 'string' ? keyOf(text) : undefined);
  }
}

function keyOf(text: string): RingKey {
  const [base64 = '', keyId = FORMER_KEY_ID] = text.split(':').toReversed();
  return new RingKey(keyId, Buffer.from(base64, 'base64'));
}
