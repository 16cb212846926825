// What runs for a person, for as long as it does; it keeps the timer that looks whether it still may.
import type { Payload } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { batches } from './batches.js';
import { isOneOf, type Person } from './caller.js';

interface RunningAnswer {
  readonly person: Person;
  /** Of a download: the backup that the person must be allowed to see. To download is to use the session. */
  readonly backupId?: string;
  /** Called once, when it may run no longer. */
  readonly end: () => void;
}

const TICK_MS = 1_000;
const LOOK_EVERY_TICKS = 2;
const TIMEOUT_MS = 2_000;
/** What nobody could be asked about for this long ends. */
const UNASKED_MS = 60_000;
const CREDENTIALS_AT_ONCE = 1_000;
const RIGHTS_AT_ONCE = 500;

type Watched = RunningAnswer & { askedAtMs: number };

/**
 * Ends answers that run, such as downloads and event streams, within five seconds after their session or token ended,
 * their person was deactivated or, for a download, lost the right to the backup. All of them are asked about together,
 * every two seconds, and those of a person at once where a signal says so.
 */
@Injectable()
export class RunningAnswers implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(RunningAnswers.name);
  private readonly running = new Set<Watched>();
  private timer: NodeJS.Timeout | undefined;
  private ticks = 0;
  private looking = false;

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.tick(), TICK_MS).unref();
  }

  // Not before: downloads go on until they are through.
  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Watches it until the function that is given back is called. */
  watch(answer: RunningAnswer): () => void {
    const watched = { ...answer, askedAtMs: performance.now() };
    this.running.add(watched);
    return () => void this.running.delete(watched);
  }

  /** Looks at those of a person, or of everybody of an account, now. */
  async lookAt(whose: Payload<'session.ended'>): Promise<void> {
    await this.ask([...this.running].filter(({ person }) => isOneOf(whose, person)));
  }

  private async tick(): Promise<void> {
    this.endAll([...this.running].filter(({ person: { by } }) => by.kind === 'token' && +by.expiresAt <= Date.now()));
    this.ticks += 1;
    if (this.ticks % LOOK_EVERY_TICKS !== 0 || this.looking) return;
    this.looking = true;
    await this.ask([...this.running]);
    this.looking = false;
    this.endAll([...this.running].filter(({ askedAtMs }) => askedAtMs < performance.now() - UNASKED_MS));
  }

  private async ask(all: readonly Watched[]): Promise<void> {
    const askedAtMs = performance.now();
    try {
      const gone = await Promise.all([this.withoutCredential(all), this.withoutRight(all)]);
      for (const watched of all) watched.askedAtMs = askedAtMs;
      this.endAll(gone.flat());
    } catch (error) {
      this.logger.warn({ event: 'running-answers.unasked', count: all.length, error });
    }
  }

  private async withoutCredential(all: readonly Watched[]): Promise<Watched[]> {
    const gone: Watched[] = [];
    for (const some of batches(all, CREDENTIALS_AT_ONCE)) {
      const [sessions, tokens] = [some.flatMap(sessionOf), some.flatMap(tokenOf)];
      const asked = { sessions: sessions.map(askedOf), tokens: tokens.map(askedOf) };
      const holds = await this.bus.request('sessions.check', asked, { timeoutMs: TIMEOUT_MS });
      gone.push(...refused(sessions, holds.sessions), ...refused(tokens, holds.tokens));
    }
    return gone;
  }

  private async withoutRight(all: readonly Watched[]): Promise<Watched[]> {
    const gone: Watched[] = [];
    for (const rights of batches(all.flatMap(rightOf), RIGHTS_AT_ONCE)) {
      const asked = rights.map(askedOf);
      const { visible } = await this.bus.request('backups.check-visible', { asked }, { timeoutMs: TIMEOUT_MS });
      gone.push(...refused(rights, visible));
    }
    return gone;
  }

  private endAll(gone: readonly Watched[]): void {
    for (const watched of gone) if (this.running.delete(watched)) watched.end();
  }
}

interface Question<T> {
  readonly watched: Watched;
  readonly asked: T;
}

function sessionOf(watched: Watched): Question<Payload<'sessions.check'>['sessions'][number]>[] {
  const { person, backupId } = watched;
  if (person.by.kind !== 'session') return [];
  return [{ watched, asked: { sessionId: person.by.sessionId, isUsed: backupId !== undefined } }];
}

function tokenOf(watched: Watched): Question<Payload<'sessions.check'>['tokens'][number]>[] {
  const { accountId, userId, by } = watched.person;
  return by.kind === 'token' ? [{ watched, asked: { accountId, userId, issuedAt: by.issuedAt.toISOString() } }] : [];
}

function rightOf(watched: Watched): Question<Payload<'backups.check-visible'>['asked'][number]>[] {
  const { accountId, userId } = watched.person;
  const { backupId } = watched;
  return backupId === undefined ? [] : [{ watched, asked: { accountId, userId, backupId } }];
}

function askedOf<T>({ asked }: Question<T>): T {
  return asked;
}

function refused(questions: readonly Question<unknown>[], answers: readonly boolean[]): Watched[] {
  return questions.filter((_, place) => !answers[place]).map(({ watched }) => watched);
}
