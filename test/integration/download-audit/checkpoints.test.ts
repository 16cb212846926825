// What the database's owner may try who has neither the keys nor the store.
import { rename } from 'node:fs/promises';
import { hashOf, type Link } from '@account-backups/download-audit/rows/link.js';
import { KeyRing } from '@account-backups/service-kit/keys';
import { eventually } from '../../support/eventually.js';
import { auditKey, openAudit, start, tamper, type Audit } from './harness.js';

const accountId = 'northfield';
const EMPTY = '0'.repeat(64);

let audit: Audit;

beforeEach(async () => {
  audit = await openAudit();
});

afterEach(() => audit.close());

const verify = (checkpoints?: readonly string[]) =>
  audit.chains.verifyChain({ accountId, ...(checkpoints && { checkpoints: [...checkpoints] }) });
const checkpoint = async () => (await audit.checkpoints.makeCheckpoint({ accountId })).checkpoint;

async function record(count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) await audit.downloads.start(start());
}

async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const key of audit.store.list('audit/')) found.push(key);
  return found;
}

const keyOf = (size: number) => `audit/northfield/${String(size).padStart(16, '0')}.txt`;

/** Writes the chain anew from a record on, with hashes that are right, and the head. */
async function rewriteFrom(sequence: number): Promise<void> {
  const rows: (Omit<Link, 'sequence'> & { readonly sequence: string })[] = await audit.database.query(
    `SELECT account_id AS "accountId", sequence, at, kind, backup_id AS "backupId", download_id AS "downloadId",
       transfer_id AS "transferId", payload, previous_hash AS "previousHash", hash
     FROM download_audit.links ORDER BY sequence`,
  );
  let last = EMPTY;
  for (const row of rows) {
    const isForged = Number(row.sequence) >= sequence;
    const payload = isForged ? { ...row.payload, userName: 'Nobody' } : row.payload;
    const link = { ...row, sequence: Number(row.sequence), payload, previousHash: last };
    last = hashOf(link);
    if (!isForged) continue;
    await tamper(
      audit,
      `UPDATE download_audit.links SET payload = '${JSON.stringify(payload)}', previous_hash = '${link.previousHash}',
         hash = '${last}' WHERE sequence = ${row.sequence}`,
    );
  }
  await tamper(audit, `UPDATE download_audit.chains SET hash = '${last}'`);
}

describe('a checkpoint', () => {
  it('is made soon after the chain grew, once for what grew together', async () => {
    await record(3);
    await eventually(async () => expect(await keys()).toEqual([keyOf(3)]));
    const text = (await audit.store.getStart(keyOf(3), 4_096)).toString();
    const { sequence, hash } = await audit.chains.getChainHead({ accountId });
    const root = Buffer.from(hash, 'hex').toString('base64');
    expect(text.split('\n').slice(0, 4)).toEqual(['here/audit/northfield', String(sequence), root, '']);
    expect(text).toMatch(/^\u2014 here\/audit [A-Za-z0-9+/]+=*\n$/mu);
    await expect(verify()).resolves.toMatchObject({ links: 3, fault: null });
  });

  it('that a process did not get to is made at the next tick', async () => {
    await record(2);
    audit.checkpoints.onApplicationShutdown();
    await audit.checkpoints.catchUp();
    expect(await keys()).toEqual([keyOf(2)]);
  });

  it('is what the head comes with, and what is given back twice', async () => {
    await record(1);
    const note = await checkpoint();
    await expect(audit.chains.getChainHead({ accountId })).resolves.toMatchObject({ sequence: 1, checkpoint: note });
    expect(await checkpoint()).toBe(note);
    await expect(verify([note])).resolves.toMatchObject({ fault: null });
  });

  it('is made of an empty chain and of the system, too', async () => {
    expect((await checkpoint()).split('\n')[1]).toBe('0');
    await audit.checkpoints.makeCheckpoint({ accountId: '~system' });
    await expect(verify()).resolves.toMatchObject({ links: 0, fault: null });
    expect(await keys()).toEqual([keyOf(0), 'audit/~system/0000000000000000.txt']);
  });

  it('is kept in bounded number', async () => {
    // The ones that a timer makes meanwhile would be thinned out a moment later.
    audit.checkpoints.onApplicationShutdown();
    for (let nth = 0; nth < 70; nth += 1) {
      await record(1);
      await checkpoint();
    }
    const kept = await keys();
    expect(kept).toHaveLength(64);
    expect([kept[0], kept.at(-1)]).toEqual([keyOf(1), keyOf(70)]);
  });

  it('of another chain, or signed by nobody, is no checkpoint', async () => {
    await record(1);
    const { checkpoint: other } = await audit.checkpoints.makeCheckpoint({ accountId: 'harbour' });
    await expect(verify([other])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await expect(verify(['nothing'])).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('that was replaced in the store is a fault', async () => {
    await record(2);
    await checkpoint();
    await audit.store.put(keyOf(2), Buffer.from('nothing'));
    await expect(verify()).resolves.toMatchObject({ fault: { sequence: 2 } });
  });
});

describe('while the store is away', () => {
  const away = () => rename(audit.folder, `${audit.folder}-away`);
  const back = () => rename(`${audit.folder}-away`, audit.folder);

  it('records are added, and their checkpoints are made later', async () => {
    await away();
    await record(2);
    await audit.checkpoints.catchUp();
    expect(audit.readiness.told()).toMatchObject({ checkpoints: { fault: expect.stringContaining('object store') } });
    await expect(verify()).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
    await back();
    await audit.checkpoints.catchUp();
    expect(audit.readiness.told()).toEqual({ checkpoints: { fault: null } });
    expect(await keys()).toEqual([keyOf(2)]);
  });

  it('a fault that shows without it is told', async () => {
    await record(2);
    await tamper(audit, 'DELETE FROM download_audit.links WHERE sequence = 1');
    await away();
    await expect(verify()).resolves.toMatchObject({ fault: { sequence: 1 } });
    await back();
  });
});

describe('verify names the first record', () => {
  beforeEach(async () => {
    await record(3);
    await checkpoint();
    await record(3);
    await checkpoint();
  });

  it.each([1, 3, 4, 6])('that was written anew with all after it, and right hashes: %i', async (sequence) => {
    await rewriteFrom(sequence);
    await expect(verify()).resolves.toMatchObject({ links: sequence - 1, fault: { sequence } });
  });

  it('that is missing where the end was cut and the head set back', async () => {
    await tamper(
      audit,
      'DELETE FROM download_audit.links WHERE sequence > 4',
      'UPDATE download_audit.chains SET sequence = 4, hash = (SELECT hash FROM download_audit.links WHERE sequence = 4)',
    );
    await expect(verify()).resolves.toMatchObject({ links: 4, fault: { sequence: 5 } });
    await expect(verify([])).resolves.toMatchObject({ links: 4, fault: { sequence: 5 } });
    // Whoever goes on does not hide it.
    await record(4);
    await expect(verify()).resolves.toMatchObject({ fault: { sequence: 4 } });
    await expect(verify([])).resolves.toMatchObject({ fault: { sequence: 5 } });
  });

  it('where everything is gone', async () => {
    const note = await checkpoint();
    await tamper(audit, 'DELETE FROM download_audit.links', 'DELETE FROM download_audit.chains');
    await expect(verify()).resolves.toMatchObject({ links: 0, fault: { sequence: 1 } });
    await expect(verify([note])).resolves.toMatchObject({ links: 0, fault: { sequence: 1 } });
    await record(7);
    await expect(verify()).resolves.toMatchObject({ fault: { sequence: 1 } });
  });

  it('where all of it is passed off as written before there were keys', async () => {
    await rewriteFrom(2);
    await tamper(
      audit,
      'UPDATE download_audit.links SET key_id = NULL, mac = NULL',
      'UPDATE download_audit.chains SET key_id = NULL, mac = NULL, checkpoint_sequence = 0',
    );
    await audit.checkpoints.catchUp();
    await expect(verify()).resolves.toMatchObject({ links: 0, fault: { sequence: 1 } });
    expect(await audit.database.query('SELECT * FROM download_audit.former_macs')).toEqual([]);
  });

  it('after a key was replaced, too', async () => {
    audit.ring.current = new KeyRing([auditKey('second'), ...audit.ring.current.keys]);
    await record(2);
    await checkpoint();
    await expect(verify()).resolves.toMatchObject({ links: 8, fault: null });
    await rewriteFrom(2);
    await expect(verify()).resolves.toMatchObject({ links: 1, fault: { sequence: 2 } });
  });
});

describe('a chain that was written before there were keys', () => {
  /** As it was when the schema was changed. */
  const former = () =>
    tamper(
      audit,
      'UPDATE download_audit.links SET key_id = NULL, mac = NULL',
      'UPDATE download_audit.chains SET key_id = NULL, mac = NULL, checkpoint_sequence = 0',
    );

  beforeEach(async () => {
    audit.checkpoints.onApplicationShutdown();
    await record(1_005);
    await former();
  });

  it('is taken as it is, once', async () => {
    await expect(verify()).resolves.toMatchObject({ links: 1_005, fault: null });
    await audit.checkpoints.catchUp();
    await expect(verify()).resolves.toMatchObject({ links: 1_005, fault: null });
    await record(2);
    await expect(verify()).resolves.toMatchObject({ links: 1_007, fault: null });
  });

  it('may grow before it is taken', async () => {
    await record(2);
    await audit.checkpoints.catchUp();
    await expect(verify()).resolves.toMatchObject({ links: 1_007, fault: null });
  });

  it('shows what is changed from then on', async () => {
    await audit.checkpoints.catchUp();
    await rewriteFrom(1_003);
    await expect(verify()).resolves.toMatchObject({ links: 1_002, fault: { sequence: 1_003 } });
  });

  it('gets no records from a process that has no keys', async () => {
    const insert = `INSERT INTO download_audit.links (account_id, sequence, at, kind, backup_id, download_id,
      payload, previous_hash, hash) SELECT account_id, 1006, at, kind, backup_id, gen_random_uuid(), payload, hash, hash
      FROM download_audit.links WHERE sequence = 1005`;
    await expect(audit.database.query(insert)).rejects.toThrow('too old');
  });
});
