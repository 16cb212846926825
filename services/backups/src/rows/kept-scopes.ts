import type { EntityManager } from 'typeorm';
import { ScopeEntity, scopeKeyOf } from './scope.entity.js';

/** Makes sure of the row of a scope, and gives its key. It writes. */
export async function keepScope(
  rows: EntityManager,
  accountId: string,
  orgUnitIds: readonly string[],
): Promise<string> {
  const scopeKey = scopeKeyOf(orgUnitIds);
  const scope = { accountId, scopeKey, orgUnitIds: [...orgUnitIds] };
  const insert = rows.createQueryBuilder().insert().into(ScopeEntity).values(scope);
  // No column to update: nothing is done.
  await insert.orUpdate([], ['account_id', 'scope_key']).execute();
  return scopeKey;
}
