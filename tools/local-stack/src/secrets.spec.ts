import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptSecrets } from './secrets.js';

describe('the secrets of a data folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('stay the same from start to start', () => {
    const file = join(folder, 'secrets.json');
    expect(keptSecrets(file)).toEqual(keptSecrets(file));
  });

  it('differ from folder to folder', () => {
    const [one, other] = [keptSecrets(join(folder, 'one')), keptSecrets(join(folder, 'other'))];
    expect(one.oidcClientSecret).not.toBe(other.oidcClientSecret);
    expect(one.demoPassword).not.toBe(other.demoPassword);
  });

  it('can be read by their owner alone', () => {
    const file = join(folder, 'secrets.json');
    keptSecrets(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('gain what an older start did not know, lose what nothing reads any more, and keep the rest', () => {
    const file = join(folder, 'secrets.json');
    const { oidcClientId: _unknown, ...older } = keptSecrets(file);
    writeFileSync(file, JSON.stringify({ ...older, sessionKey: 'of a ring now' }));
    const { oidcClientId, ...kept } = keptSecrets(file);
    expect(kept).toEqual(older);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ...older, oidcClientId });
  });

  it('hold a password that can be read aloud', () => {
    expect(keptSecrets(join(folder, 'secrets.json')).demoPassword).toMatch(/^([a-z]{4}-){3}[a-z]{4}$/);
  });
});
