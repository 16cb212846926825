// Writes an environment file for docker compose to standard output, with fresh secrets.
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';

const seal = generateKeyPairSync('x25519');
const receipt = generateKeyPairSync('ed25519');
const secret = () => randomBytes(24).toString('base64url');
const lines = {
  STORE_ID: randomUUID(),
  POSTGRES_PASSWORD: secret(),
  RABBITMQ_PASSWORD: secret(),
  MINIO_PASSWORD: secret(),
  OIDC_CLIENT_SECRET: secret(),
  DEMO_PASSWORD: secret(),
  AUDIT_KEYS: `first:${randomBytes(32).toString('base64')}`,
  SESSION_KEY: randomBytes(32).toString('base64'),
  PASSWORD_SEAL_PUBLIC_KEY: seal.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  PASSWORD_SEAL_PRIVATE_KEY: seal.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  RECEIPT_SIGNING_KEY: receipt.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
};
process.stdout.write(
  Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
);
