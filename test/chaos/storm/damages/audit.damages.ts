import { randomUUID } from 'node:crypto';
import { auditHeads, hashOfLink } from '../audit-links.js';
import { sql, type Damages, type Victim } from './victim.js';

/** Accounts whose chains are broken, each in another way; every one needs a link before the second and one after it. */
const HEADLESS = 'storm-3';
const CHAINED = ['storm-1', 'storm-2', HEADLESS];
const LINKS_TO_BREAK = 3;

/** Whether there are links enough. */
export async function hasChainsToBreak(databaseUrl: string): Promise<boolean> {
  const long = (await auditHeads(databaseUrl)).filter(({ sequence }) => sequence >= LINKS_TO_BREAK);
  return CHAINED.every((accountId) => long.some((head) => head.accountId === accountId));
}

export const auditDamages: Damages = {
  'chain-altered': async (victim) => {
    const backdated = `SET at = at - interval '1 minute' WHERE account_id = 'storm-1' AND sequence = 2`;
    await unguarded(victim, `UPDATE download_audit.links ${backdated}`);
    return 'account storm-1, link 2';
  },
  'chain-gap': async (victim) => {
    await unguarded(victim, `DELETE FROM download_audit.links WHERE account_id = 'storm-2' AND sequence = 2`);
    return 'account storm-2, link 3';
  },
  'chain-head': async (victim) => {
    const last = `(SELECT max(sequence) FROM download_audit.links WHERE account_id = '${HEADLESS}')`;
    await unguarded(victim, `DELETE FROM download_audit.links WHERE account_id = '${HEADLESS}' AND sequence = ${last}`);
    return `account ${HEADLESS}`;
  },
  'trail-differs': async (victim) => {
    const { backupId } = victim.next();
    const isItsEnd = `payload ->> 'subject' = 'backup/${backupId}' AND payload ->> 'action' = 'backup.completed'`;
    const failed = `SET payload = jsonb_set(payload, '{action}', '"backup.failed"') WHERE ${isItsEnd}`;
    await unguarded(victim, `UPDATE download_audit.links ${failed}`);
    return backupId;
  },
  'checkpoint-false': async ({ store }) => {
    const key = 'audit/storm-4/0000000000999999.txt';
    await store.put(key, Buffer.from(`here/audit/storm-4\n999999\n${'A'.repeat(43)}=\n`));
    return key;
  },
  'download-unmade': async (victim) => {
    // A link at the end of the chain that lost its last one would hide that.
    let backup = victim.next();
    while (backup.accountId === HEADLESS) backup = victim.next();
    return forgedStart(victim, backup.accountId, backup.backupId);
  },
  'download-unrecorded': async ({ journal }) => {
    const made = journal.downloads.find(({ downloadId }) => downloadId !== null);
    if (!made) throw new Error('no download was made');
    const downloadId = randomUUID();
    journal.downloads.push({ ...made, downloadId, ranges: [] });
    return downloadId;
  },
  'range-unrecorded': async ({ journal }) => {
    const made = journal.downloads.find(({ ranges }) => ranges.length > 0);
    made?.ranges.push({ from: 0, to: 1, received: 1, sentAt: 0, doneAt: 0, effect: 'done' });
    return made?.downloadId ?? 'no download was made';
  },
  'download-understated': async ({ journal }) => {
    const made = journal.downloads.findLast(({ ranges }) => ranges.length > 0);
    const last = made?.ranges.at(-1);
    if (!made || !last) throw new Error('nothing was downloaded');
    made.outcome = 'broken off';
    made.ranges.splice(-1, 1, { ...last, received: made.ofBytes + 1 });
    return made.downloadId ?? '';
  },
};

/** As somebody who may do everything in the database. */
async function unguarded(victim: Victim, statement: string): Promise<void> {
  await sql(victim, `SET session_replication_role = replica; ${statement}`);
}

/** A start that follows the chain as it should, of a download that nobody made. */
async function forgedStart(victim: Victim, accountId: string, backupId: string): Promise<string> {
  const head = (await auditHeads(victim.databaseUrl)).find((each) => each.accountId === accountId);
  const link = {
    accountId,
    sequence: (head?.sequence ?? 0) + 1,
    at: new Date(),
    kind: 'started' as const,
    backupId,
    downloadId: randomUUID(),
    transferId: null,
    payload: {
      userId: 'ada',
      userName: 'Ada',
      ipAddress: '',
      userAgent: '',
      ofBytes: 1,
      expiresAt: new Date().toISOString(),
    },
    previousHash: head?.hash ?? '0'.repeat(64),
    hash: '',
  };
  const values = [accountId, link.sequence, link.at, backupId, link.downloadId, link.payload, link.previousHash];
  await sql(victim, FORGE, ...values, hashOfLink(link));
  return link.downloadId;
}

const FORGE = `
  WITH link AS (
    INSERT INTO download_audit.links
      (account_id, sequence, at, kind, backup_id, download_id, payload, previous_hash, hash, key_id, mac)
    VALUES ($1, $2, $3, 'started', $4, $5, $6, $7, $8, 'none', 'forged') RETURNING account_id, sequence, hash)
  UPDATE download_audit.chains SET sequence = link.sequence, hash = link.hash
  FROM link WHERE chains.account_id = link.account_id`;
