import type { Payload, Reply } from '@account-backups/contracts';
import { Injectable } from '@nestjs/common';
import { placeOf, unfiledPage } from './unfiled-page.js';
import { UnfiledRepository } from './unfiled.repository.js';

/** How many OUs a page looks at: some hundred milliseconds. */
const MAX_ORG_UNITS = 10_000;

/** Documents that lie in no OU of the directory; whoever asks says which OUs it has. */
@Injectable()
export class UnfiledService {
  constructor(private readonly unfiled: UnfiledRepository) {}

  async listUnfiled({
    accountId,
    selection,
    limit,
    cursor,
  }: Payload<'documents.list-unfiled'>): Promise<Reply<'documents.list-unfiled'>> {
    const known = new Set(selection.knownOrgUnitIds);
    const after = placeOf(cursor);
    const firsts = await this.unfiled.firstOrgUnits(accountId, after.orgUnitId, MAX_ORG_UNITS);
    const unknown = firsts.filter((id) => !known.has(id));
    // That of the cursor may be used up; each other one has a document.
    const orgUnitIds = unknown.slice(0, limit + 2);
    const question = { accountId, selection, orgUnitIds, after, limit: limit + 1 };
    const found = orgUnitIds.length === 0 ? [] : await this.unfiled.namingFirst(question);
    const isCut = orgUnitIds.length < unknown.length;
    const others = isCut ? orgUnitIds.at(-1) : firsts[MAX_ORG_UNITS - 1];
    return unfiledPage({ known, found, limit, lastOrgUnitId: others ?? null });
  }
}
