// The audit is whole: each account's chain follows link by link to its head. It also says what the clients' journals
// and the backups say.
import { auditHeads, auditLinks, hashOfLink, isOfDownload, type AuditHead, type AuditLink } from '../audit-links.js';
import { grouped, type Check } from '../evidence.js';
import type { Finding } from '../finding.js';
import { checkpointFaults } from './audit-checkpoints.js';
import { downloadFaults } from './audit-downloads.js';
import { historyFaults } from './audit-history.js';
import { trailFaults } from './audit-trail.js';

const BEFORE_THE_FIRST = '0'.repeat(64);

export const checkAudit: Check = async (evidence) => {
  const { databaseUrl } = evidence.target;
  const links = await auditLinks(databaseUrl);
  const heads = await auditHeads(databaseUrl);
  const downloads = links.filter(isOfDownload);
  return [
    ...chainFaults(links, heads),
    ...(await checkpointFaults(evidence, links)),
    ...downloadFaults(evidence, downloads),
    ...(await historyFaults(evidence, downloads)),
    ...trailFaults(evidence, links),
  ];
};

function chainFaults(links: readonly AuditLink[], heads: readonly AuditHead[]): readonly Finding[] {
  const byAccount = grouped(links, ({ accountId }) => accountId);
  const accounts = new Set([...byAccount.keys(), ...heads.map(({ accountId }) => accountId)]);
  return [...accounts].flatMap((accountId) => {
    const chain = byAccount.get(accountId) ?? [];
    const head = heads.find((each) => each.accountId === accountId);
    return [...brokenLinks(chain), ...headFaults(accountId, chain.at(-1), head)];
  });
}

function brokenLinks(chain: readonly AuditLink[]): readonly Finding[] {
  return chain.flatMap((link, at) => {
    const before = chain[at - 1];
    const fault = (kind: string, expected: unknown, found: unknown): Finding[] => [
      { kind, what: 'the audit', where: `account ${link.accountId}, link ${link.sequence}`, expected, found },
    ];
    const sequence = (before?.sequence ?? 0) + 1;
    if (link.sequence !== sequence) return fault('chain-gap', sequence, link.sequence);
    const hash = hashOfLink(link);
    if (hash !== link.hash) return fault('chain-altered', hash, link.hash);
    const previousHash = before?.hash ?? BEFORE_THE_FIRST;
    return link.previousHash === previousHash ? [] : fault('chain-broken', previousHash, link.previousHash);
  });
}

function headFaults(accountId: string, last: AuditLink | undefined, head: AuditHead | undefined): readonly Finding[] {
  const expected = { sequence: last?.sequence ?? 0, hash: last?.hash ?? BEFORE_THE_FIRST };
  const found = head && { sequence: head.sequence, hash: head.hash };
  if (JSON.stringify(found) === JSON.stringify(expected)) return [];
  return [{ kind: 'chain-head', what: 'the audit', where: `account ${accountId}`, expected, found }];
}
