import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedLaboratory, type Laboratory } from '../support/provisioned-system.js';

describe('account-backups import', () => {
  let lab: Laboratory;
  let folder = '';

  beforeAll(async () => {
    lab = await sharedLaboratory();
    folder = mkdtempSync(join(tmpdir(), 'import-'));
    for (const name of ['a.txt', 'b.txt', 'Thumbs.db']) writeFileSync(join(folder, name), name);
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  async function imported(orgUnit: string, ...more: readonly string[]): Promise<unknown> {
    const options = ['--account', lab.accountId, '--org-unit', orgUnit, '--json', ...more];
    return JSON.parse(await lab.system.command('import', folder, ...options));
  }

  it('says what it will do, does it, and does nothing again', async () => {
    const leftOut = [{ path: 'Thumbs.db', reason: expect.any(String) }];
    const all = { files: 2, created: 0, updated: 0, unchanged: 0, leftOut, failed: [], sizeBytes: 10, dryRun: false };
    expect(await imported('chem', '--dry-run')).toEqual({ ...all, dryRun: true, created: 2 });
    expect(await imported('chem')).toEqual({ ...all, created: 2 });
    expect(await imported('chem')).toEqual({ ...all, unchanged: 2 });
    expect(await imported('bio')).toEqual({ ...all, created: 2 });
    writeFileSync(join(folder, 'a.txt'), 'A.TXT');
    expect(await imported('chem')).toEqual({ ...all, updated: 1, unchanged: 1 });
  }, 120_000);

  it('refuses an OU that the account does not have', async () => {
    await expect(imported('nowhere')).rejects.toThrow(/--org-unit: account .* has no OU nowhere/);
  }, 60_000);
});
