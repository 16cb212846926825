import { numbersFor, oneOf, type Random } from '../../../support/seeded.js';
import { ADMIN, EDITOR } from '../world.js';
import { jsonBody, person, type Caller, type StormClient } from './caller.js';
import { noteSight, OUT_OF_SIGHT, type SeenBackup } from './sight.js';

/** People of one account who look: at themselves, at the backups, at one of them, at who took it. */
export class LooksClient implements StormClient {
  readonly pauseMs = [300, 1_500] as const;
  readonly random: Random;

  constructor(
    private readonly caller: Caller,
    private readonly accountId: string,
    seed: number,
  ) {
    this.random = numbersFor(seed, `looks of ${accountId}`);
  }

  async act(): Promise<void> {
    const userId = oneOf([ADMIN, ADMIN, EDITOR], this.random);
    const who = person(this.accountId, userId, this.random);
    const looks = [
      () => this.caller.call('GET me', who, { method: 'GET', path: '/api/v1/me' }),
      () => this.caller.call('GET org-units', who, { method: 'GET', path: '/api/v1/org-units' }),
      () => this.estimate(),
      () => this.list(userId),
      () => this.list(userId),
      () => this.one(userId),
      () => this.history(userId),
    ];
    await oneOf(looks, this.random)();
  }

  private async estimate(): Promise<void> {
    const body = jsonBody({ includeActive: true, includeInactive: true });
    const who = person(this.accountId, ADMIN, this.random);
    await this.caller.call('POST estimate', who, { method: 'POST', path: '/api/v1/backups/estimate', body });
  }

  private async list(userId: string): Promise<void> {
    const who = person(this.accountId, userId, this.random);
    const answer = await this.caller.call('GET backups', who, { method: 'GET', path: '/api/v1/backups?limit=200' });
    if (answer.effect !== 'done') return;
    const { items } = answer.body as { items: readonly SeenBackup[] };
    for (const backup of items) noteSight(this.caller.journal, backup, answer);
  }

  private async one(userId: string): Promise<void> {
    const backupId = this.someBackup();
    if (backupId === undefined) return;
    const who = person(this.accountId, userId, this.random);
    const also = userId === EDITOR ? OUT_OF_SIGHT : [];
    const path = `/api/v1/backups/${backupId}`;
    const answer = await this.caller.call('GET backup', who, { method: 'GET', path, also });
    if (answer.effect === 'done') noteSight(this.caller.journal, answer.body as SeenBackup, answer);
  }

  private async history(userId: string): Promise<void> {
    const backupId = this.someBackup();
    if (backupId === undefined) return;
    const who = person(this.accountId, userId, this.random);
    const also = userId === EDITOR ? OUT_OF_SIGHT : [];
    await this.caller.call('GET downloads', who, {
      method: 'GET',
      path: `/api/v1/backups/${backupId}/downloads`,
      also,
    });
  }

  private someBackup(): string | undefined {
    const own = this.caller.journal.requests
      .filter(({ accountId }) => accountId === this.accountId)
      .flatMap(({ attempts }) => attempts.flatMap(({ backupId }) => backupId ?? []));
    return own.length === 0 ? undefined : oneOf(own, this.random);
  }
}
