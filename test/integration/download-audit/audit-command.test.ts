// What `account-backups audit verify` makes of the audit's answer; the audit is played by the test.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Reply } from '@account-backups/contracts';
import { playService } from '../../support/played-service.js';
import { freshVhost, type TestVhost } from '../../support/real-parts.js';

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const bin = join(process.cwd(), 'tools/account-backups/bin/account-backups.mjs');
const head = { sequence: 5, hash: 'f'.repeat(64) };
const broken = { links: 2, head, fault: { sequence: 3, message: 'the record was changed after it was written' } };
const sentence =
  'AUDIT_CHAIN_BROKEN: the chain of northfield is broken at record 3: the record was changed after it was written\n';

let vhost: TestVhost;
let reply: Reply<'downloads.verify-chain'>;
let close: () => Promise<void>;

beforeAll(async () => {
  vhost = await freshVhost();
  const audit = await playService(vhost.url, 'download-audit', { 'downloads.verify-chain': () => reply });
  close = () => audit.close();
});

afterAll(async () => {
  await close();
  await vhost.drop();
});

function verify(...more: readonly string[]): Promise<Said> {
  const args = [bin, 'audit', 'verify', '--account', 'northfield', ...more];
  const env = { ...process.env, RABBITMQ_URL: vhost.url };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

it('says how long a sound chain is, and its head', async () => {
  reply = { links: 5, head, fault: null };
  await expect(verify()).resolves.toEqual({
    code: 0,
    stdout: `5 records, unbroken; head 5 ${head.hash}\n`,
    stderr: '',
  });
});

it('says where a chain is broken, with a code, and fails', async () => {
  reply = broken;
  await expect(verify()).resolves.toEqual({ code: 1, stdout: '', stderr: sentence });
});

it('prints what was found as JSON, and fails all the same', async () => {
  reply = broken;
  const stdout = `${JSON.stringify(broken)}\n`;
  await expect(verify('--json')).resolves.toEqual({ code: 1, stdout, stderr: sentence });
});
