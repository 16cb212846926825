import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RingFolder } from '@account-backups/service-kit/keys';
import { keepRings } from './kept-rings.js';

describe('the key rings of a data folder', () => {
  let folder: string;
  const text = (path: string) => readFileSync(join(folder, path), 'utf8');
  const bytesOf = (path: string) => Buffer.from(text(path).trim().split(':')[1] ?? '', 'base64');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rings-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('stay the same from start to start, and only their owner reads them', async () => {
    await keepRings(folder, { environment: {} });
    const before = text('gateway/SESSION_KEYS');
    await keepRings(folder, { environment: {} });
    expect(text('gateway/SESSION_KEYS')).toBe(before);
    expect(statSync(join(folder, 'gateway/SESSION_KEYS')).mode & 0o777).toBe(0o600);
  });

  it('give the gateway the public half of what the zip-builder opens with, under the same id', async () => {
    await keepRings(folder, { environment: {} });
    const own = createPrivateKey({ key: bytesOf('zip-builder/SEAL_KEYS'), type: 'pkcs8', format: 'der' });
    const half = createPublicKey({ key: bytesOf('gateway/SEAL_KEYS'), type: 'spki', format: 'der' });
    expect(createPublicKey(own).equals(half)).toBe(true);
    expect(text('gateway/SEAL_KEYS').split(':')[0]).toBe(text('zip-builder/SEAL_KEYS').split(':')[0]);
  });

  it('go on with the keys of an earlier release', async () => {
    const [ofFile, ofTerminal] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
    const file = join(folder, 'secrets.json');
    writeFileSync(file, JSON.stringify({ sessionKey: ofFile }));
    await keepRings(join(folder, 'one'), { file, environment: {} });
    await keepRings(join(folder, 'other'), { file, environment: { SESSION_KEY: ofTerminal } });
    expect(text('one/gateway/SESSION_KEYS')).toBe(`former:${ofFile}\n`);
    expect(text('other/gateway/SESSION_KEYS')).toBe(`former:${ofTerminal}\n`);
  });

  it('remember when a key was made', async () => {
    await keepRings(folder, { environment: {} });
    const rings = new RingFolder(folder);
    const [note] = await rings.notes('audit');
    expect(note).toMatchObject({ keyId: (await rings.find('audit'))?.active.keyId });
    expect(Math.abs(Date.parse(note?.createdAt ?? '') - Date.now())).toBeLessThan(60_000);
  });
});
