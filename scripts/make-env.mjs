// Writes an environment file for docker compose to standard output, with fresh secrets.
// Key rings are made apart: docs/keys.md
import { randomBytes, randomUUID } from 'node:crypto';

const secret = () => randomBytes(24).toString('base64url');
const lines = {
  STORE_ID: randomUUID(),
  POSTGRES_PASSWORD: secret(),
  RABBITMQ_PASSWORD: secret(),
  MINIO_PASSWORD: secret(),
  OIDC_CLIENT_SECRET: secret(),
  DEMO_PASSWORD: secret(),
};
process.stdout.write(
  Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
);
