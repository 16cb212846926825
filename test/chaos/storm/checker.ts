// Holds what clients did against what lies in the database and in the store, read by nothing of the services' own.
import { checkArchives } from './checks/archives.check.js';
import { checkAudit } from './checks/audit.check.js';
import { checkLeftovers } from './checks/leftovers.check.js';
import { checkQueues } from './checks/queues.check.js';
import { checkRegister } from './checks/register.check.js';
import { checkRequests } from './checks/requests.check.js';
import { checkStates } from './checks/states.check.js';
import { checkStore } from './checks/store.check.js';
import { backupRows, type Evidence } from './evidence.js';
import type { Finding } from './finding.js';
import type { Journal } from './journal.js';
import { openPlainStore } from './plain-store.js';
import type { StormTarget } from './target.js';

export interface CheckerOptions {
  readonly target: StormTarget;
  readonly journal: Journal;
  readonly orphanDeadlineMs: number;
}

/** All that is not as it should be; an empty list means all is well. */
export async function check({ target, journal, orphanDeadlineMs }: CheckerOptions): Promise<readonly Finding[]> {
  const store = openPlainStore(target.objectStoreUrl);
  const backups = await backupRows(target.databaseUrl);
  const evidence: Evidence = { target, journal, store, backups, orphanDeadlineMs };
  const checks = [
    checkRequests,
    checkStates,
    checkRegister,
    checkAudit,
    checkLeftovers,
    checkQueues,
    checkArchives,
    checkStore,
  ];
  const findings = [...journal.findings];
  for (const each of checks) findings.push(...(await each(evidence)));
  return findings;
}
