// What other services tell the audit: each record once, in the chain that it names, in one chain with the downloads.
import { randomUUID } from 'node:crypto';
import type { TrailRecord } from '@account-backups/contracts';
import { openAudit, backupId, start, tamper, type Audit } from './harness.js';

let audit: Audit;

beforeEach(async () => {
  audit = await openAudit();
});

afterEach(() => audit.close());

/** A record; the test names only the fields that matter to it. */
function told(fields: Partial<TrailRecord> = {}): TrailRecord {
  return {
    recordId: randomUUID(),
    chainId: 'northfield',
    at: '2026-01-01T11:59:59.123Z',
    actor: { kind: 'person', id: 'ada', name: 'Ada \u{1f512}' },
    action: 'backup.requested',
    subject: `backup/${backupId}`,
    outcome: 'ok',
    ipAddress: '203.0.113.7',
    userAgent: 'curl/8',
    details: { orgUnits: 2, allOrgUnits: false, zebra: null, ids: ['b', 'a'] },
    ...fields,
  };
}

const list = async (chainId = 'northfield', afterSequence = 0, limit = 100) =>
  (await audit.trail.list({ chainId, afterSequence, limit })).entries;
const verify = (accountId = 'northfield') => audit.chains.verifyChain({ accountId });

it('gives back what was told, in its place', async () => {
  const record = told();
  await audit.trail.record({ records: [record] });
  const { recordId: _recordId, chainId: _chainId, ...said } = record;
  expect(await list()).toEqual([{ sequence: 1, ...said }]);
  await expect(verify()).resolves.toMatchObject({ links: 1, fault: null });
});

it('has each record once, however often and from however many at once it comes', async () => {
  const records = Array.from({ length: 20 }, (_, nth) => told({ details: { nth } }));
  await Promise.all(Array.from({ length: 5 }, () => audit.trail.record({ records })));
  await audit.trail.record({ records });
  expect((await list()).map(({ details }) => details['nth'])).toEqual(records.map((_, nth) => nth));
  await expect(verify()).resolves.toMatchObject({ links: 20, fault: null });
});

it('goes on after a record that it has', async () => {
  const [known, next] = [told({ subject: 'first' }), told({ subject: 'second' })];
  await audit.trail.record({ records: [known] });
  await audit.trail.record({ records: [known, next] });
  expect((await list()).map(({ subject }) => subject)).toEqual(['first', 'second']);
});

it('keeps the chain of the system apart', async () => {
  await audit.trail.record({ records: [told({ chainId: '~system', action: 'key.added' }), told()] });
  expect(await list('~system')).toMatchObject([{ sequence: 1, action: 'key.added' }]);
  await expect(verify('~system')).resolves.toMatchObject({ links: 1, fault: null });
  const { checkpoint } = await audit.checkpoints.makeCheckpoint({ accountId: '~system' });
  expect(checkpoint.split('\n').slice(0, 2)).toEqual(['here/audit/~system', '1']);
});

it('lists downloads in the same chain, with who took them', async () => {
  await audit.trail.record({ records: [told()] });
  const { downloadId } = await audit.downloads.start(start());
  const download = { accountId: 'northfield', backupId, downloadId };
  const from = { ipAddress: '203.0.113.9', userAgent: 'wget' };
  const { transferId } = await audit.downloads.beginRange({ ...download, from: 0, to: 100, ...from });
  await audit.downloads.endRange({ ...download, transferId, bytesSent: 100 });
  const entries = await list();
  expect(entries.map(({ action }) => action)).toEqual([
    'backup.requested',
    'download.begun',
    'range.begun',
    'download.ended',
  ]);
  expect(entries[3]).toMatchObject({
    actor: { kind: 'person', id: 'ada', name: 'Ada' },
    outcome: 'ok',
    ipAddress: '203.0.113.9',
    details: { downloadId, transferId, bytesSent: 100 },
  });
  await expect(verify()).resolves.toMatchObject({ links: 4, fault: null });
});

it('pages', async () => {
  await audit.trail.record({ records: Array.from({ length: 5 }, () => told()) });
  const sequences = async (after: number) => (await list('northfield', after, 2)).map(({ sequence }) => sequence);
  expect([await sequences(0), await sequences(2), await sequences(4)]).toEqual([[1, 2], [3, 4], [5]]);
});

it.each([
  ['who', `payload = jsonb_set(payload, '{actor,id}', '"mona"')`],
  ['its id', `payload = jsonb_set(payload, '{recordId}', '"00000000-0000-4000-8000-000000000000"')`],
  ['when', `at = at + interval '1 second'`],
  ['a number', `payload = jsonb_set(payload, '{details,orgUnits}', '2.0')`],
])('notices that %s was changed', async (_what, change) => {
  await audit.trail.record({ records: [told(), told()] });
  await tamper(audit, `UPDATE download_audit.links SET ${change} WHERE sequence = 1`);
  await expect(verify()).resolves.toMatchObject({ links: 0, fault: { sequence: 1 } });
});
