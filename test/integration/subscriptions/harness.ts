// The HTTP API on a real database with real tokens; the test supplies the time and what `permissions` answers.
import { AppError, type Account } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Clock, ErrorFilter } from '@account-backups/service-kit';
import type { ExpiringTerm } from '@account-backups/subscriptions/sales/expiring.service.js';
import { AppModule } from '@account-backups/subscriptions/app.module.js';
import { database as definition } from '@account-backups/subscriptions/database.js';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { clonedDatabase } from '../../support/migrated-database.js';
import { SetClock } from '../../support/set-clock.js';
import { ToldBus } from '../../support/told-bus.js';
import { startTestIssuer, type TestIssuer } from './token-issuer.js';

@Module({})
class Surroundings {
  static with(accounts: ReadonlyMap<string, Account>, clock: Clock): DynamicModule {
    const bus = new ToldBus({
      'permissions.get-account': ({ accountId }) => knownAccount(accounts, accountId),
      'permissions.list-accounts': ({ accountIds }) => ({
        accounts: accountIds.flatMap((accountId) => accounts.get(accountId) ?? []),
      }),
    });
    const providers = [
      { provide: Bus, useValue: bus },
      { provide: Clock, useValue: clock },
    ];
    return { module: Surroundings, global: true, providers, exports: providers };
  }
}

function knownAccount(accounts: ReadonlyMap<string, Account>, accountId: string): Account {
  const account = accounts.get(accountId);
  if (!account) throw new AppError('NOT_FOUND', `account ${accountId} is not known`);
  return account;
}

interface Call {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string | null;
  readonly accept?: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Of whatever shape; empty for an answer that is not JSON. */
  readonly json: AnswerBody;
}

interface TermEntry {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface HistoryEntry {
  readonly at: string;
  readonly action: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

interface AnswerBody {
  readonly code?: string;
  readonly items: readonly ExpiringTerm[];
  readonly nextCursor: string | null;
  readonly state: string;
  readonly terms: readonly TermEntry[];
  readonly history: readonly HistoryEntry[];
  readonly openapi: string;
  readonly paths: object;
}

export interface SalesApi {
  readonly accounts: Map<string, Account>;
  readonly clock: SetClock;
  readonly issuer: TestIssuer;
  /** With the token of sales unless another is given. */
  call(call: Call): Promise<Answer>;
  /** A new account that nobody else uses; its id. */
  account(parts?: Partial<Account>): string;
  close(): Promise<void>;
}

export async function openSalesApi(): Promise<SalesApi> {
  const [room, issuer] = await Promise.all([clonedDatabase(definition), startTestIssuer()]);
  const accounts = new Map<string, Account>();
  const clock = new SetClock('2026-04-10T12:00:00Z');
  const module = AppModule.with({
    DATABASE_URL: room.url,
    DATABASE_POOL_SIZE: 5,
    OIDC_ISSUER: issuer.issuer,
    OIDC_AUDIENCE: issuer.audience,
    OIDC_USER_CLAIM: 'sub',
    OIDC_ACCOUNT_CLAIM: 'account_id',
    OIDC_TOKEN_TYPES: ['at+jwt'],
    PORT: 0,
    LISTEN_HOST: '127.0.0.1',
    TRUSTED_PROXIES: 0,
    HEALTH_PORT: 0,
    HEALTH_HOST: '127.0.0.1',
    RABBITMQ_URL: 'amqp://unused',
    LOG_LEVEL: 'fatal',
    REQUIRE_TLS: 'false',
    RATE_LIMIT_PER_MINUTE: 30_000,
    CALLS_AT_ONCE_PER_PERSON: 50,
    CALLS_AT_ONCE_PER_ACCOUNT: 500,
  });
  const root = { module: class Root {}, imports: [Surroundings.with(accounts, clock), module] };
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), {
    logger: false,
    bodyParser: false,
  });
  app.useGlobalFilters(new ErrorFilter());
  await app.init();
  const sales = await issuer.token({ sub: 'sally', scope: 'subscriptions' });
  return {
    accounts,
    clock,
    issuer,
    account: (parts = {}) => {
      const accountId = `account-${accounts.size}`;
      accounts.set(accountId, { accountId, name: 'Lab', timeZone: 'Europe/London', enterprise: false, ...parts });
      return accountId;
    },
    call: async ({ method = 'GET', path, body, token = sales, accept }) => {
      const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(accept && { accept }) };
      const payload = body === undefined ? {} : { payload: body as object };
      const answer = await app.inject({ method, url: path, headers, ...payload });
      const isJson = String(answer.headers['content-type']).includes('json');
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.payload,
        json: isJson ? answer.json<AnswerBody>() : ({} as AnswerBody),
      };
    },
    close: async () => {
      await app.close();
      await Promise.all([room.drop(), issuer.close()]);
    },
  };
}
