// What `account-backups audit` makes of the audit's answer; the audit is played by the test.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Payload, Reply, TrailEntry, TrailRecord } from '@account-backups/contracts';
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

const actor = { kind: 'person', id: 'ada', name: 'Ada' } as const;
const request = {
  actor,
  action: 'backup.requested',
  subject: 'backup/b1',
  outcome: 'ok',
  details: { orgUnits: 2 },
} as const;
/** More than two pages. */
const entries = Array.from({ length: 1_100 }, (_, nth): TrailEntry => {
  const place = { sequence: nth + 1, at: '2026-03-01T12:00:00.000Z' };
  return { ...place, ...request, ipAddress: '203.0.113.7', userAgent: null };
});

const told: TrailRecord[] = [];

let vhost: TestVhost;
let reply: Reply<'downloads.verify-chain'>;
let asked: Payload<'downloads.verify-chain'>;
let close: () => Promise<void>;

beforeAll(async () => {
  vhost = await freshVhost();
  const played = await playService(vhost.url, 'download-audit', {
    'downloads.verify-chain': (payload) => {
      asked = payload;
      return reply;
    },
    'downloads.make-checkpoint': ({ accountId }) => ({ checkpoint: `here/audit/${accountId}\n0\nAAAA\n\n— a b\n` }),
    'trail.record': ({ records }) => {
      told.push(...records);
      return {};
    },
    'trail.list': ({ afterSequence, limit }) => ({ entries: entries.slice(afterSequence, afterSequence + limit) }),
    'downloads.get-checkpoint-verifier': () => ({ verifier: 'here/audit+1234+key' }),
  });
  close = () => played.close();
});

afterAll(async () => {
  await close();
  await vhost.drop();
});

const verify = (...more: readonly string[]) => audit('verify', '--account', 'northfield', ...more);

function audit(...said: readonly string[]): Promise<Said> {
  const args = [bin, 'audit', ...said];
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

it('compares with the checkpoints in files, and with none else', async () => {
  reply = { links: 5, head, fault: null };
  const folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  const files = ['one', 'other'].map((name) => join(folder, name));
  for (const file of files) await writeFile(file, `${file} without a line end`);
  await verify(...files.flatMap((file) => ['--checkpoint', file]));
  expect(asked).toEqual({ accountId: 'northfield', checkpoints: files.map((file) => `${file} without a line end\n`) });
  await rm(folder, { recursive: true });
  await expect(verify('--checkpoint', files[0] ?? '')).resolves.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('VALIDATION_FAILED'),
  });
});

it('prints a checkpoint alone, of an account or of the system', async () => {
  const stdout = (chain: string) => `here/audit/${chain}\n0\nAAAA\n\n— a b\n`;
  await expect(audit('checkpoint', '--account', 'northfield')).resolves.toEqual({
    code: 0,
    stdout: stdout('northfield'),
    stderr: '',
  });
  await expect(audit('checkpoint', '--system')).resolves.toMatchObject({ code: 0, stdout: stdout('~system') });
});

it('exports a chain as lines of JSON, whole', async () => {
  const { code, stdout } = await audit('export', '--account', 'northfield');
  const lines = stdout.trimEnd().split('\n');
  expect([code, lines.length]).toEqual([0, 1_100]);
  expect(lines.map((line) => JSON.parse(line) as TrailEntry)).toEqual(entries);
});

it('tells the audit who exports a chain', async () => {
  told.length = 0;
  await audit('export', '--account', 'northfield');
  const details = { command: 'audit export' };
  expect(told).toMatchObject([
    { chainId: '~system', action: 'command.run', subject: 'audit/northfield', actor: { kind: 'operator' }, details },
  ]);
});

it('exports a chain as CSV', async () => {
  const { code, stdout } = await audit('export', '--system', '--format', 'csv');
  const [names, first, ...others] = stdout.trimEnd().split('\r\n');
  expect([code, others.length]).toEqual([0, 1_099]);
  expect(names).toBe('sequence,at,actorKind,actorId,actorName,action,subject,outcome,ipAddress,userAgent,details');
  const row = '1,2026-03-01T12:00:00.000Z,person,ada,Ada,backup.requested,backup/b1,ok,203.0.113.7,,';
  expect(first).toBe(`${row}"{""orgUnits"":2}"`);
});

it('prints the verifier of checkpoints', async () => {
  await expect(audit('checkpoint', '--verifier')).resolves.toMatchObject({ code: 0, stdout: 'here/audit+1234+key\n' });
});

it.each([[['verify']], [['checkpoint']], [['export']], [['verify', '--account', 'northfield', '--system']]])(
  'refuses %j without one chain',
  async (args) => {
    await expect(audit(...args)).resolves.toMatchObject({ code: 1, stdout: '' });
  },
);
