// People of one account who request backups: with a key or without, and again when they do not know what became of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { happens, numbersFor, oneOf, type Random } from '../../../support/seeded.js';
import { rowsOf } from '../database.js';
import { backupIdsOf, type RequestBody, type RequestEntry } from '../journal.js';
import { ADMIN, EDITOR, EDITORS_UNITS, ORG_UNITS, passwordOf } from '../world.js';
import { jsonBody, person, type Caller, type StormClient } from './caller.js';
import { noteSight, OUT_OF_SIGHT, type SeenBackup } from './sight.js';

const MAX_ATTEMPTS = 5;
/** Nobody asks for more while so many are not done: what is measured is the faults, not the queue. */
const MAX_UNDER_WAY = 5;
/** Answers to the editor, whose rights may be away. */
const REFUSALS = ['403 PERMISSION_MISSING', '403 ORG_UNIT_NOT_PERMITTED', ...OUT_OF_SIGHT];

export class RequestsClient implements StormClient {
  readonly pauseMs = [300, 1_500] as const;
  readonly random: Random;
  private keys = 0;

  constructor(
    private readonly caller: Caller,
    private readonly accountId: string,
    private readonly seed: number,
  ) {
    this.random = numbersFor(seed, `requests of ${accountId}`);
  }

  async act(): Promise<void> {
    const repeated = happens(10, this.random) ? this.someKeyed() : undefined;
    if (repeated) return this.send(repeated);
    if (await this.isBusy()) return;
    const entry = this.drawn();
    this.caller.journal.requests.push(entry);
    await this.untilKnown(entry);
    const [backupId] = backupIdsOf(entry);
    if (backupId !== undefined && happens(15, this.random)) await this.cancel(entry.userId, backupId);
  }

  private async isBusy(): Promise<boolean> {
    const { target } = this.caller;
    const found = await rowsOf<{ count: number }>(target.databaseUrl, UNDER_WAY, [this.accountId]).catch(() => []);
    return (found[0]?.count ?? Infinity) >= MAX_UNDER_WAY;
  }

  private drawn(): RequestEntry {
    const { random, accountId } = this;
    const userId = happens(60, random) ? ADMIN : EDITOR;
    const units = userId === ADMIN ? ORG_UNITS : EDITORS_UNITS;
    const body: RequestBody = {
      ...(happens(45, random) && { orgUnitIds: [oneOf(units, random)] }),
      includeActive: true,
      includeInactive: happens(50, random),
      excludeSuperseded: happens(25, random),
      ...(happens(30, random) && { password: passwordOf(accountId) }),
    };
    this.keys += 1;
    const key = happens(60, random) ? `${this.seed}-${accountId}-${this.keys}` : null;
    return { accountId, userId, key, body, attempts: [] };
  }

  /** Whoever has a key asks again until there is an answer; without one that could make a second backup. */
  private async untilKnown(entry: RequestEntry): Promise<void> {
    await this.send(entry);
    while (entry.key !== null && entry.attempts.at(-1)?.effect === 'unknown' && entry.attempts.length < MAX_ATTEMPTS) {
      await sleep(300 + this.random(2_000));
      await this.send(entry);
    }
  }

  private async send(entry: RequestEntry): Promise<void> {
    const { accountId, userId, key, body, attempts } = entry;
    const answer = await this.caller.call('POST backups', person(accountId, userId, this.random), {
      method: 'POST',
      path: '/api/v1/backups',
      body: jsonBody(body),
      headers: key === null ? {} : { 'idempotency-key': key },
      also: userId === EDITOR ? REFUSALS : [],
    });
    const backup = answer.effect === 'done' ? (answer.body as SeenBackup) : null;
    const { sentAt, doneAt, code } = answer;
    // Delivered twice, it was done at the first time, and out of the editor's sight at the second.
    const effect = code === 'NOT_FOUND' ? 'unknown' : answer.effect;
    attempts.push({ sentAt, doneAt, effect, backupId: backup?.backupId ?? null });
    if (backup) noteSight(this.caller.journal, backup, answer);
  }

  private async cancel(userId: string, backupId: string): Promise<void> {
    await sleep(this.random(1_500));
    const answer = await this.caller.call('POST cancel', person(this.accountId, userId, this.random), {
      method: 'POST',
      path: `/api/v1/backups/${backupId}/cancel`,
      also: userId === EDITOR ? OUT_OF_SIGHT : [],
    });
    const { sentAt, doneAt, code } = answer;
    // Delivered twice, it finds at the second time what it did at the first.
    const effect = code === 'BACKUP_NOT_PENDING' ? 'unknown' : answer.effect;
    this.caller.journal.cancels.push({ backupId, sentAt, doneAt, effect });
    if (effect === 'done') noteSight(this.caller.journal, answer.body as SeenBackup, answer);
  }

  private someKeyed(): RequestEntry | undefined {
    const own = this.caller.journal.requests.filter(
      ({ accountId, key }) => accountId === this.accountId && key !== null,
    );
    return own.length === 0 ? undefined : oneOf(own, this.random);
  }
}

const UNDER_WAY = `
  SELECT count(*)::int AS count FROM backups.backups WHERE account_id = $1 AND status IN ('pending', 'in_progress')`;
