import { AppError, type Payload, type Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { IssuerLogoutsRepository } from './issuer-logouts.repository.js';
import { cursorAt, pageEndOf } from './page-cursor.js';
import { SessionsRepository } from './sessions.repository.js';

const BATCH = 100;

@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly logouts: IssuerLogoutsRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  async begin(session: Payload<'sessions.begin'>): Promise<Reply<'sessions.begin'>> {
    if (await this.sessions.begin(await this.clock.now(), session)) return {};
    throw new AppError('USER_UNKNOWN', `account ${session.accountId} has no active user ${session.userId}`);
  }

  async check({ sessions, tokens }: Payload<'sessions.check'>): Promise<Reply<'sessions.check'>> {
    const [holding, voids] = await Promise.all([
      sessions.length === 0 ? [] : this.useAndFind(sessions),
      tokens.length === 0 ? [] : this.sessions.voidTokens(tokens),
    ]);
    const [held, out] = [new Set(holding), new Set(voids)];
    return {
      sessions: sessions.map(({ sessionId }) => held.has(sessionId)),
      tokens: tokens.map((_, place) => !out.has(place)),
    };
  }

  async list({ limit, cursor, ...who }: Payload<'sessions.list'>): Promise<Reply<'sessions.list'>> {
    const after = cursor === null ? null : pageEndOf(cursor);
    const rows = await this.sessions.pageOf(await this.clock.now(), who, after, limit + 1);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(({ sessionId, startedAt, lastSeenAt, ipAddress, userAgent }) => ({
        sessionId,
        startedAt: startedAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        ipAddress,
        userAgent,
      })),
      nextCursor: rows.length > limit && last ? cursorAt(last) : null,
    };
  }

  async end({ sessionId, calledBy, ...who }: Payload<'sessions.end'>): Promise<Reply<'sessions.end'>> {
    const ended = await this.sessions.end(await this.clock.now(), { ...who, calledBy }, sessionId);
    if (ended === null) throw new AppError('NOT_FOUND', `there is no session ${sessionId}`);
    if (ended) await this.bus.signal('session.ended', who);
    return {};
  }

  async endOthers({
    keptSessionId,
    calledBy,
    ...who
  }: Payload<'sessions.end-others'>): Promise<Reply<'sessions.end-others'>> {
    const ended = await this.sessions.endOthers(await this.clock.now(), { ...who, calledBy }, keptSessionId);
    if (ended) await this.bus.signal('session.ended', who);
    return {};
  }

  async endByIssuer(logout: Payload<'sessions.end-by-issuer'>): Promise<Reply<'sessions.end-by-issuer'>> {
    const whose = await this.logouts.end(await this.clock.now(), logout);
    for (const who of whose ?? []) await this.bus.signal('session.ended', who);
    return { isNew: whose !== null };
  }

  /** Tells the trail of sessions that ran out. Safe to repeat. */
  async noteRunOut(): Promise<void> {
    const now = await this.clock.now();
    while ((await this.sessions.noteRunOut(now, BATCH)) === BATCH);
  }

  private async useAndFind(asked: Payload<'sessions.check'>['sessions']): Promise<string[]> {
    const now = await this.clock.now();
    const used = asked.filter(({ isUsed }) => isUsed).map(({ sessionId }) => sessionId);
    if (used.length > 0) await this.sessions.use(now, used);
    const sessionIds = asked.map(({ sessionId }) => sessionId);
    return this.sessions.holding(now, sessionIds);
  }
}
