// Keeps the keys of a token issuer; it fetches them and reads the clock.
import { AppError } from '@account-backups/contracts';
import { Logger } from '@nestjs/common';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

type LocalKeys = ReturnType<typeof createLocalJWKSet>;

const FRESH_MS = 10 * 60_000;
/** A key that its issuer withdrew while it could not be asked is trusted no longer than this. */
const KEPT_MS = 12 * 3_600_000;
const RETRY_MS = 3_000;

interface KeySource {
  readonly issuer: string;
  readonly fetchKeys: (issuer: string) => Promise<JSONWebKeySet>;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

/**
 * Looks up keys for jose. They are fetched at first use, every ten minutes, and for a key that is not among them,
 * though never within three seconds of the last time. While the issuer is away those known go on for twelve hours.
 */
export class IssuerKeys {
  private readonly logger = new Logger(IssuerKeys.name);
  private known: { readonly keys: LocalKeys; readonly fetchedAtMs: number } | undefined;
  private triedAtMs = Number.NEGATIVE_INFINITY;
  private trying: Promise<void> | undefined;
  private fault: AppError | undefined;

  constructor(private readonly source: KeySource) {}

  /** Throws an error of jose's where no key fits, and `UNAVAILABLE` where the issuer's absence may be the reason. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    await this.refresh();
    try {
      return await this.current()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.fetchAgain();
      if (this.fault !== undefined) throw this.fault;
      return this.current()(header, token);
    }
  };

  private current(): LocalKeys {
    if (this.known && this.source.now() - this.known.fetchedAtMs < KEPT_MS) return this.known.keys;
    throw this.fault;
  }

  private async refresh(): Promise<void> {
    if (this.known && this.source.now() - this.known.fetchedAtMs < FRESH_MS) return;
    const fetched = this.fetchAgain();
    // Nobody waits for an issuer that is away, where there are keys to go on with.
    if (!this.known || this.fault === undefined) await fetched;
  }

  private async fetchAgain(): Promise<void> {
    const isTooSoon = this.known !== undefined && this.source.now() - this.triedAtMs < RETRY_MS;
    if (!this.trying && isTooSoon) return;
    this.trying ??= this.fetch().finally(() => (this.trying = undefined));
    await this.trying;
  }

  private async fetch(): Promise<void> {
    const { issuer, fetchKeys, now } = this.source;
    this.triedAtMs = now();
    try {
      this.known = { keys: createLocalJWKSet(await fetchKeys(issuer)), fetchedAtMs: now() };
      if (this.fault !== undefined) this.logger.log({ event: 'issuer.back', issuer });
      this.fault = undefined;
    } catch (cause) {
      if (this.fault === undefined) this.logger.warn({ event: 'issuer.away', issuer, error: cause });
      this.fault = issuerAway(cause);
    }
  }
}

function issuerAway(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', "the token issuer's keys cannot be had; try again in a moment", { cause });
}
