// Which OUs of the documents that a host sends are not in its directory. It asks `permissions`.
import { nullIfAway, SPARE_TIMEOUT_MS } from '@account-backups/contracts';
import type { Bus } from '@account-backups/messaging';
import type { Intake } from '../api/replies.js';
import type { IntakeDocument } from './intake-document.js';

type Warning = Intake['warnings'][number];

/** As many as one question may name. */
const ASKED_AT_ONCE = 1_000;

/**
 * One call's questions: at most one for each batch, about at most a thousand OUs that are not known yet. Once nobody
 * answers, it asks no more and says so. Memory: the ids of the account's OUs.
 */
export class OrgUnitCheck {
  private readonly known = new Set<string>();
  private away = false;

  constructor(
    private readonly bus: Pick<Bus, 'request'>,
    private readonly accountId: string,
  ) {}

  async warningsOf(batch: readonly IntakeDocument[]): Promise<readonly Warning[]> {
    if (this.away) return [];
    const named = new Set(batch.flatMap(({ document }) => document.orgUnitIds));
    const orgUnitIds = [...named].filter((id) => !this.known.has(id)).slice(0, ASKED_AT_ONCE);
    if (orgUnitIds.length === 0) return [];
    const question = { accountId: this.accountId, orgUnitIds };
    const patience = { timeoutMs: SPARE_TIMEOUT_MS };
    const found = await this.bus.request('permissions.find-org-units', question, patience).catch(nullIfAway);
    if (!found) {
      this.away = true;
      return batch.slice(0, 1).map(({ line }) => ({ line, code: 'ORG_UNITS_UNCHECKED', message: unchecked }));
    }
    for (const { orgUnitId } of found.orgUnits) this.known.add(orgUnitId);
    const unknown = new Set(orgUnitIds.filter((id) => !this.known.has(id)));
    return unknown.size === 0 ? [] : batch.flatMap((given) => warningsOn(given, unknown));
  }
}

const unchecked = 'the directory is away: from this line on nobody looked whether it has the OUs that are named';

function warningsOn({ line, document }: IntakeDocument, unknown: ReadonlySet<string>): readonly Warning[] {
  const { documentId } = document;
  return [...new Set(document.orgUnitIds)]
    .filter((id) => unknown.has(id))
    .map((orgUnitId) => {
      const message = `document ${documentId} names the OU ${orgUnitId}, which the directory does not have`;
      return { line, code: 'ORG_UNIT_UNKNOWN', message, documentId, orgUnitId };
    });
}
