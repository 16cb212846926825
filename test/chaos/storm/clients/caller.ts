import type { TokenBearer } from 'account-backups/system/local-token.js';
import { oneOf, type Random } from '../../../support/seeded.js';
import { call, type Answer, type Ask } from '../call.js';
import type { Journal } from '../journal.js';
import type { StormTarget } from '../target.js';

/** What each call may be answered, besides 503, whatever else goes on; anything else is a finding. */
const EXPECTED = {
  'GET me': ['200'],
  'GET org-units': ['200'],
  'GET backups': ['200'],
  'GET backup': ['200'],
  'POST estimate': ['200'],
  'POST backups': ['201', '409 BACKUP_ALREADY_PENDING'],
  'POST cancel': ['200', '409 BACKUP_NOT_PENDING'],
  'POST downloads': ['201'],
  'GET downloads': ['200'],
  'GET archive': ['200', '206'],
  'PUT file': ['200'],
  'PUT other content': ['409 FILE_CONTENT_DIFFERS'],
  'POST documents': ['200'],
  'POST documents/delete': ['200'],
  'PUT directory': ['200'],
  'PUT subscription': ['200'],
} as const;

export type CallKind = keyof typeof EXPECTED;

const TOKEN_MS = 600_000;

/** Makes calls at random gateways, notes them, and says when an answer is none that it may be. */
export class Caller {
  private readonly tokens = new Map<string, { readonly token: Promise<string>; readonly until: number }>();

  constructor(
    readonly target: StormTarget,
    readonly journal: Journal,
  ) {}

  /** `also`: what it may be answered besides in this case, as `404 NOT_FOUND`. */
  async call(
    kind: CallKind,
    by: Who,
    ask: Omit<Ask, 'token'> & { readonly also?: readonly string[] },
  ): Promise<Answer> {
    const answer = await call(oneOf(by.bases ?? this.target.gateways, by.random), {
      ...ask,
      token: await this.token(by.bearer),
    });
    this.note(kind, answer, ask);
    return answer;
  }

  note(kind: CallKind, answer: Answer, { path, also = [] }: { path: string; also?: readonly string[] }): void {
    this.journal.noteCall(kind, answer);
    const { status, code, body } = answer;
    // No answer is told apart elsewhere, and the journal makes a finding of every other 5xx.
    if (status === 0 || status >= 500) return;
    const said = [status, code].join(' ').trim();
    const expected = [...EXPECTED[kind], ...also];
    if (expected.includes(said)) return;
    this.journal.findings.push({ kind: 'unexpected-answer', what: kind, where: path, expected, found: body ?? said });
  }

  /** A token that works for some time yet. */
  token(bearer: TokenBearer): Promise<string> {
    const key = JSON.stringify(bearer);
    const known = this.tokens.get(key);
    if (known && known.until > Date.now()) return known.token;
    const token = this.target.token(bearer);
    this.tokens.set(key, { token, until: Date.now() + TOKEN_MS });
    return token;
  }
}

/** Who calls, drawing from which numbers, and where if not at a gateway. */
export interface Who {
  readonly bearer: TokenBearer;
  readonly random: Random;
  readonly bases?: readonly string[];
}

export const host = (random: Random): Who => ({ bearer: { service: 'host', scopes: ['provisioning'] }, random });

export const person = (accountId: string, userId: string, random: Random): Who => ({
  bearer: { accountId, userId },
  random,
});

/** Somebody who acts again and again. */
export interface StormClient {
  /** Pauses between two acts are drawn from these. */
  readonly pauseMs: readonly [least: number, most: number];
  readonly random: Random;
  act(): Promise<void>;
}

export function jsonBody(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
