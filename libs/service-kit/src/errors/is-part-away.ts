import { isAway } from '@account-backups/contracts';
import { isDatabaseAway } from '@account-backups/database';

/** Whether work failed because a part that it needs is away: the database, the store, the broker, another service. */
export function isPartAway(error: unknown): boolean {
  return isDatabaseAway(error) || isAway(error);
}
