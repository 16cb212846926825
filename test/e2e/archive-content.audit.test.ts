// What an auditor does with an archive: compare it with a signed receipt, and with an earlier archive.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SignedReceipt } from '@account-backups/contracts';
import { startHostile, type BuiltArchive, type HostileAccount } from './archive-content.account.js';
import { directory, documents, type Choice } from './archive-content.hostile.js';

const run = promisify(execFile);
const all: Choice = { includeActive: true, includeInactive: true, excludeSuperseded: false };

/** A C2SP signed note. */
const CHECKPOINT = /^[\w.-]+\/audit\/[\w.:-]+\n\d+\n[A-Za-z0-9+/]{43}=\n\n\u2014 [\w.-]+\/audit [A-Za-z0-9+/]+=*\n$/;

let account: HostileAccount;
let whole: BuiltArchive;

beforeAll(async () => {
  account = await startHostile();
  whole = await account.archive(all);
}, 240_000);

describe('a receipt', () => {
  let signed: SignedReceipt;
  let file: string;

  beforeAll(async () => {
    const { body } = await account.admin.get<SignedReceipt>(`/api/v1/backups/${whole.backup.backupId}/receipt`);
    signed = body;
    file = join(account.system.dataDir, 'receipt.json');
    await writeFile(file, JSON.stringify(signed));
  });

  it('states who, when, what, how much and the head of the audit chain', () => {
    expect(JSON.parse(signed.receipt)).toMatchObject({
      issuedTo: { userId: 'sia' },
      account: { accountId: account.accountId, name: directory.name, timeZone: 'Pacific/Chatham' },
      backup: { backupId: whole.backup.backupId, status: 'completed', requestedBy: { userId: 'sia' } },
      scope: { allOrgUnits: true, options: all },
      counts: { documents: whole.backup.documentCount, exceptions: whole.backup.exceptionCount },
      archive: { ...whole.backup.archive, passwordProtected: false },
      auditChainHead: { sequence: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      auditCheckpoint: expect.stringMatching(CHECKPOINT),
    });
  });

  it('is verified by openssl alone', async () => {
    const cwd = account.system.dataDir;
    await writeFile(join(cwd, 'receipt.txt'), signed.receipt);
    await writeFile(join(cwd, 'receipt.sig'), Buffer.from(signed.signature, 'base64'));
    const published = (await (await fetch(`${account.system.gatewayUrl}/api/v1/receipt-key`)).json()) as SignedReceipt;
    await writeFile(join(cwd, 'key.pem'), published.publicKey);
    const script =
      'openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in receipt.txt -sigfile receipt.sig\n' +
      'openssl pkey -pubin -in key.pem -outform DER | sha256sum';
    const { stdout } = await run('sh', ['-ec', script], { cwd });
    expect(stdout).toContain('Signature Verified Successfully');
    expect(stdout).toContain(signed.keyId);
  });

  it('is checked by verify along with the archive', async () => {
    const key = ['--receipt-key', signed.keyId];
    const said = JSON.parse(
      await account.system.command('verify', whole.zip, '--receipt', file, ...key, '--json'),
    ) as object;
    expect(said).toMatchObject({ ok: true, receipt: { keyTrusted: true, keyId: signed.keyId } });
  });

  it('does not fit another archive', async () => {
    const other = await account.archive({ ...all, orgUnitIds: ['aux'] });
    const verified = account.system.command('verify', other.zip, '--receipt', file);
    await expect(verified).rejects.toThrow(/its backup is .*the receipt says/);
  }, 120_000);

  it('is given to nobody who may not see the backup', async () => {
    const stranger = await account.admin.get(`/api/v1/backups/00000000-0000-4000-8000-000000000000/receipt`);
    expect([stranger.status, stranger.body]).toMatchObject([404, { code: 'NOT_FOUND' }]);
  });
});

describe('diff', () => {
  it('finds nothing between two archives of the same, and tells so by its exit code', async () => {
    const again = await account.archive(all);
    const said = JSON.parse(await account.system.command('diff', whole.zip, again.zip, '--json')) as object;
    expect(said).toMatchObject({ same: true });
  }, 120_000);

  it('names what was added, removed and changed, and exits with 2', async () => {
    const changed = { ...documents[0], title: 'Another title' };
    await account.host.raw('POST', `${account.path}/documents`, JSON.stringify(changed), 'application/x-ndjson');
    await account.host.post(`${account.path}/documents/delete`, { documentIds: ['elsewhere'] });
    const later = await account.archive(all);
    const failed = await account.system
      .command('diff', whole.zip, later.zip, '--json')
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 2 });
    const said = JSON.parse((failed as { stdout: string }).stdout) as object;
    expect(said).toMatchObject({
      same: false,
      documents: {
        added: [],
        removed: [{ id: 'elsewhere' }],
        changed: [{ id: 'usual-0', label: 'SOP-1 Another title' }],
      },
      files: { added: [], removed: [{ id: 'elsewhere else else-file main' }], changed: [] },
    });
  }, 120_000);
});
