import { AppError, duration, hostId, parse } from '@account-backups/contracts';
import { Option, type Command } from 'commander';
import { ApiClient } from '../system/api-client.js';
import { mintLocalToken, type TokenBearer } from '../system/local-token.js';
import { addressOf, dataDirOf } from '../system/running-system.js';
import { print, printJson } from '../terminal/output.js';

interface TokenOptions {
  readonly account?: string;
  readonly user?: string;
  readonly service?: string;
  readonly scope?: readonly string[];
  readonly expiresIn: string;
  readonly json?: boolean;
}

const scopeOption = new Option('--scope <scope>', 'what the program may do; may be given more than once')
  .choices(['provisioning', 'subscriptions'])
  .argParser((scope: string, before: readonly string[] | undefined) => [...(before ?? []), checkedScope(scope)]);

export function addTokenCommand(program: Command): void {
  program
    .command('token')
    .summary('print a bearer token of the local issuer')
    .description(
      'Prints a bearer token for a person (--account, --user) or a program (--service, --scope), nothing else.',
    )
    .option('--account <accountId>', 'account of the person')
    .option('--user <userId>', 'the person')
    .option('--service <name>', 'the program')
    .addOption(scopeOption)
    .option('--expires-in <duration>', 'such as 45s, 30m, 1h, 7d', '1h')
    .option('--json', 'print { "token", "expiresAt" }')
    .action(printToken);
}

async function printToken(options: TokenOptions): Promise<void> {
  const expiresInSeconds = parse(duration, options.expiresIn, '--expires-in');
  const expiresAt = new Date(Date.now() + expiresInSeconds * 1_000).toISOString();
  const bearer = bearerOf(options);
  const token = await mintLocalToken({
    bearer,
    dataDir: dataDirOf(process.env),
    issuerUrl: addressOf('issuerUrl', process.env),
    expiresInSeconds,
  });
  if ('userId' in bearer) await refuseStranger(bearer, token);
  if (options.json) printJson({ token, expiresAt });
  else print([token]);
}

/** A token for somebody who does not exist, or is not active, opens nothing. Throws `NOT_FOUND`. */
async function refuseStranger(
  { accountId, userId }: Extract<TokenBearer, { userId: string }>,
  token: string,
): Promise<void> {
  const gateway = new ApiClient({ baseUrl: addressOf('gatewayUrl', process.env), token, patienceMs: 5_000 });
  try {
    await gateway.json({ method: 'GET', path: '/api/v1/me' });
  } catch (error) {
    if (!AppError.is(error, 'UNAUTHENTICATED', 'NOT_FOUND')) throw error;
    throw new AppError('NOT_FOUND', `account ${accountId} has no active user ${userId}`, { cause: error });
  }
}

/** One of the two kinds of bearer. Throws `VALIDATION_FAILED` for anything between. */
export function bearerOf({ account, user, service, scope = [] }: Omit<TokenOptions, 'expiresIn'>): TokenBearer {
  if (service !== undefined && account === undefined && user === undefined) {
    if (scope.length === 0) throw refused('a program needs at least one --scope: provisioning, subscriptions');
    return { service: parse(hostId, service, '--service'), scopes: [...new Set(scope)] };
  }
  if (service !== undefined || account === undefined || user === undefined) {
    throw refused('give either --account and --user, or --service and --scope');
  }
  if (scope.length > 0) throw refused('--scope is for programs; what a person may do is decided by their grants');
  return { accountId: parse(hostId, account, '--account'), userId: parse(hostId, user, '--user') };
}

function checkedScope(scope: string): string {
  if (scope === 'provisioning' || scope === 'subscriptions') return scope;
  throw refused(`--scope ${scope}: expected provisioning or subscriptions`);
}

function refused(sentence: string): AppError {
  return new AppError('VALIDATION_FAILED', sentence);
}
