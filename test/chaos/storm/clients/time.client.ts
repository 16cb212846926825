import { happens, numbersFor, oneOf, type Random } from '../../../support/seeded.js';
import type { Effect } from '../call.js';
import { rowsOf } from '../database.js';
import type { Caller, StormClient } from './caller.js';

/** Above this an account's archives would fill the disk of a long run. */
const MAX_COMPLETED = 6;

/** Lets the two weeks of a completed backup pass at once. */
export class TimeClient implements StormClient {
  readonly pauseMs = [1_000, 4_000] as const;
  readonly random: Random;

  constructor(
    private readonly caller: Caller,
    private readonly accountIds: readonly string[],
    seed: number,
  ) {
    this.random = numbersFor(seed, 'time');
  }

  async act(): Promise<void> {
    const accountId = oneOf(this.accountIds, this.random);
    const completed = this.caller.journal.completedOf(accountId);
    if (completed.length < 2) return;
    if (completed.length > MAX_COMPLETED || happens(35, this.random)) await this.expire(oneOf(completed, this.random));
  }

  private async expire(backupId: string): Promise<void> {
    const { journal, target } = this.caller;
    const sentAt = Date.now();
    const deed = { backupId, sentAt, doneAt: sentAt, effect: 'unknown' as Effect };
    // Noted before it is done: somebody may see its effect before this client does.
    const at = journal.expiries.push(deed) - 1;
    const effect = await rowsOf(target.databaseUrl, EXPIRE, [backupId]).then(
      (rows): Effect => (rows.length > 0 ? 'done' : 'refused'),
      (): Effect => 'unknown',
    );
    journal.expiries[at] = { ...deed, doneAt: Date.now(), effect };
    journal.count(`time passes: ${effect}`);
  }
}

const EXPIRE = `
  UPDATE backups.backups SET expires_at = clock_timestamp()
  WHERE backup_id = $1 AND status = 'completed' RETURNING backup_id`;
