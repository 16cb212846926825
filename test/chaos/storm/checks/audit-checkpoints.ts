// Each checkpoint in the store states a link of its account's chain: the sequence, and the link's hash in base64.
import { text } from 'node:stream/consumers';
import type { AuditLink } from '../audit-links.js';
import type { Evidence } from '../evidence.js';
import type { Finding } from '../finding.js';

export const CHECKPOINT = /^audit\/([^/]+)\/(\d{16})\.txt$/;

export async function checkpointFaults({ store }: Evidence, links: readonly AuditLink[]): Promise<readonly Finding[]> {
  const hashes = new Map(links.map(({ accountId, sequence, hash }) => [`${accountId} ${sequence}`, hash]));
  const findings: Finding[] = [];
  for (const key of (await store.list()).keys()) {
    const [, accountId = '', digits] = CHECKPOINT.exec(key) ?? [];
    if (digits === undefined) continue;
    const hash = hashes.get(`${accountId} ${Number(digits)}`);
    const expected = [String(Number(digits)), hash && Buffer.from(hash, 'hex').toString('base64')];
    const found = await statedIn(store, key);
    // One that is thinned out while it is looked at states nothing any more.
    if (found === null || JSON.stringify(found) === JSON.stringify(expected)) continue;
    findings.push({ kind: 'checkpoint-false', what: 'the audit', where: key, expected, found });
  }
  return findings;
}

async function statedIn(store: Evidence['store'], key: string): Promise<readonly string[] | null> {
  try {
    return (await text(await store.read(key))).split('\n').slice(1, 3);
  } catch {
    return null;
  }
}
