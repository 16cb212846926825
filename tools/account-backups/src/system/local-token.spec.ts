import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateSigningKeys } from '@account-backups/local-issuer/signing-keys.js';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { mintLocalToken } from './local-token.js';

const issuerUrl = 'http://localhost:9400';
const person = { accountId: 'northfield', userId: 'ada' };

describe('local tokens', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'local-token-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const verified = async (token: string) => {
    const { jwks } = await loadOrCreateSigningKeys(dataDir);
    const keys = jwks.keys.map(({ d: _secret, ...publicPart }) => publicPart);
    return jwtVerify(token, createLocalJWKSet({ keys }), { issuer: issuerUrl, audience: 'account-backups' });
  };

  it('speak for a person of an account', async () => {
    const token = await mintLocalToken({ dataDir, issuerUrl, bearer: person });
    const { payload, protectedHeader } = await verified(token);
    expect(payload).toMatchObject({ sub: 'ada', account_id: 'northfield', scope: 'backups' });
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  });

  it('speak for a program with its scopes and no account', async () => {
    const bearer = { service: 'host', scopes: ['provisioning', 'subscriptions'] };
    const { payload } = await verified(await mintLocalToken({ dataDir, issuerUrl, bearer }));
    expect(payload).toMatchObject({ sub: 'host', scope: 'provisioning subscriptions' });
    expect(payload).not.toHaveProperty('account_id');
  });

  it('last as long as was asked', async () => {
    const token = await mintLocalToken({ dataDir, issuerUrl, bearer: person, expiresInSeconds: 90 });
    const { payload } = await verified(token);
    expect(Number(payload.exp) - Number(payload.iat)).toBe(90);
  });

  it('are signed with one key, however many ask for it first at the same time', async () => {
    const asked = await Promise.all(Array.from({ length: 64 }, () => loadOrCreateSigningKeys(dataDir)));
    expect(new Set(asked.map(({ jwks }) => jwks.keys[0]?.kid)).size).toBe(1);
    expect(readdirSync(join(dataDir, 'issuer'))).toEqual(['keys.json']);
  });

  it('leave a key that only its owner can read', async () => {
    await loadOrCreateSigningKeys(dataDir);
    expect(statSync(join(dataDir, 'issuer/keys.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{}', '{"keys":[]}', '{"keys":[{"kid":"x"}]}', 'null'])(
    'refuse a damaged key file: %s',
    async (text) => {
      await loadOrCreateSigningKeys(dataDir);
      writeFileSync(join(dataDir, 'issuer/keys.json'), text);
      await expect(loadOrCreateSigningKeys(dataDir)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
    },
  );
});
