import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { generateSealKeys } from '@account-backups/password-seal';
import { pronounceablePassword } from './pronounceable-password.js';

/** What one local system keeps to itself, made once and kept with its data. */
export interface StackSecrets {
  /** A key ring, of which the first key is active: `keyId:base64,…`. */
  readonly auditKeys: string;
  /** Base64 of 32 random bytes. */
  readonly sessionKey: string;
  readonly sealPublicKey: string;
  readonly sealPrivateKey: string;
  /** Ed25519: base64 of the PKCS #8 DER. */
  readonly receiptSigningKey: string;
  readonly oidcClientId: string;
  readonly oidcClientSecret: string;
  /** Everybody's password at the local issuer. */
  readonly demoPassword: string;
}

/**
 * Reads the secrets of a data folder, or makes them at its first start; one that an older version did not have is
 * added. Only their owner can read the file.
 */
export function keptSecrets(file: string): StackSecrets {
  const kept = readKept(file);
  const secrets = { ...makeSecrets(), ...kept };
  if (kept && Object.keys(kept).length === Object.keys(secrets).length) return secrets;
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return secrets;
}

function makeSecrets(): StackSecrets {
  const seal = generateSealKeys();
  const { privateKey: receipt } = generateKeyPairSync('ed25519');
  return {
    auditKeys: `first:${randomBytes(32).toString('base64')}`,
    sessionKey: randomBytes(32).toString('base64'),
    sealPublicKey: seal.publicKey,
    sealPrivateKey: seal.privateKey,
    receiptSigningKey: receipt.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    oidcClientId: 'gateway',
    oidcClientSecret: randomBytes(32).toString('base64url'),
    demoPassword: pronounceablePassword(),
  };
}

function readKept(file: string): Partial<StackSecrets> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<StackSecrets>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
