import { AppError, day, hostId, parse } from '@account-backups/contracts';
import { Option, type Command } from 'commander';
import { ApiClient, type ApiCall } from '../system/api-client.js';
import { ownToken } from '../system/own-token.js';
import { addressOf } from '../system/running-system.js';
import { print, printCsv, printJson } from '../terminal/output.js';
import {
  expiringLines,
  listLines,
  subscriptionLines,
  type ExpiringTerm,
  type ListedSubscription,
  type Subscription,
} from '../subscription/subscription-lines.js';

interface Output {
  readonly json?: boolean;
}
interface ChangeOptions extends Output {
  readonly account: string;
  readonly endsOn?: string;
  readonly note: string;
}

export function addSubscriptionCommand(program: Command): void {
  const subscription = program
    .command('subscription')
    .summary("show and change accounts' terms")
    .description("Shows and changes accounts' terms.");
  ofAccount(subscription, 'show', 'Shows the state, the terms and the history of an account.').action(show);
  ofAccount(subscription, 'start', 'Starts a term; both days are valid days in the time zone of the account.')
    .requiredOption('--starts-on <day>', 'first day, YYYY-MM-DD')
    .requiredOption('--ends-on <day>', 'last day, YYYY-MM-DD')
    .requiredOption('--reference <text>', 'contract or order number')
    .requiredOption('--note <text>', 'why; kept in the history')
    .action(start);
  ofAccount(subscription, 'extend', 'Moves the last day of the term.')
    .requiredOption('--ends-on <day>', 'new last day, YYYY-MM-DD')
    .requiredOption('--note <text>', 'why; kept in the history')
    .action((options: ChangeOptions) => change('extend', options));
  ofAccount(subscription, 'end', 'Ends the term; a day before its first one withdraws it.')
    .option('--ends-on <day>', 'last day, YYYY-MM-DD; today unless given')
    .requiredOption('--note <text>', 'why; kept in the history')
    .action((options: ChangeOptions) => change('end', options));
  subscription
    .command('list')
    .description('Lists all accounts with the term that counts.')
    .addOption(new Option('--state <state>', 'only those').choices(['valid', 'scheduled', 'expired', 'none']))
    .option('--name <part>', 'only those whose name holds this, in any case')
    .option('--json', 'print as JSON')
    .action(list);
  subscription
    .command('expiring')
    .description('Lists the terms that end soon.')
    .option('--within-days <days>', 'how soon', '30')
    .addOption(new Option('--json', 'print as JSON').conflicts('csv'))
    .option('--csv', 'print as CSV')
    .action(expiring);
}

function ofAccount(parent: Command, name: string, description: string): Command {
  const command = parent.command(name).description(description);
  return command.requiredOption('--account <accountId>', 'the account').option('--json', 'print as JSON');
}

async function show({ account, json }: ChangeOptions): Promise<void> {
  const api = await subscriptionsApi();
  tell((await api.json({ method: 'GET', path: pathOf(account) })) as Subscription, json);
}

type StartOptions = ChangeOptions & { readonly startsOn: string; readonly endsOn: string; readonly reference: string };

async function start({ account, json, startsOn, endsOn, reference, note }: StartOptions): Promise<void> {
  const term = { startsOn: dayOf(startsOn, '--starts-on'), endsOn: dayOf(endsOn, '--ends-on'), reference, note };
  await send({ method: 'PUT', path: pathOf(account), body: () => JSON.stringify(term) }, json);
}

async function change(action: 'extend' | 'end', { account, endsOn, note, json }: ChangeOptions): Promise<void> {
  const body = { ...(endsOn !== undefined && { endsOn: dayOf(endsOn, '--ends-on') }), note };
  await send({ method: 'POST', path: `${pathOf(account)}/${action}`, body: () => JSON.stringify(body) }, json);
}

async function send(call: ApiCall, json: boolean | undefined): Promise<void> {
  const api = await subscriptionsApi();
  tell((await api.json({ ...call, contentType: 'application/json' })) as Subscription, json);
}

async function list({ state, name, json }: Output & { state?: string; name?: string }): Promise<void> {
  const query = new URLSearchParams({ limit: '500', ...(state && { state }), ...(name && { name }) });
  const items = await allPages<ListedSubscription>(await subscriptionsApi(), `/v1/subscriptions?${query.toString()}`);
  if (json) printJson({ items });
  else print(listLines(items));
}

async function expiring({ withinDays, json, csv }: Output & { withinDays: string; csv?: boolean }): Promise<void> {
  if (!/^\d{1,4}$/.test(withinDays))
    throw new AppError('VALIDATION_FAILED', '--within-days: expected a number of days');
  const path = `/v1/subscriptions/expiring?withinDays=${withinDays}`;
  const api = await subscriptionsApi();
  if (csv) return printCsv(await api.text({ method: 'GET', path, accept: 'text/csv' }));
  const items = await allPages<ExpiringTerm>(api, path);
  if (json) return printJson({ items });
  return print(expiringLines(items, withinDays));
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

async function allPages<T>(api: ApiClient, path: string): Promise<readonly T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const from = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = (await api.json({ method: 'GET', path: `${path}${from}` })) as Page<T>;
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

function tell(subscription: Subscription, json: boolean | undefined): void {
  if (json) printJson(subscription);
  else print(subscriptionLines(subscription));
}

async function subscriptionsApi(): Promise<ApiClient> {
  const baseUrl = addressOf('subscriptionsUrl', process.env);
  return new ApiClient({ baseUrl, token: await ownToken('subscriptions', process.env), patienceMs: 5_000 });
}

function pathOf(account: string): string {
  return `/v1/accounts/${parse(hostId, account, '--account')}/subscription`;
}

function dayOf(text: string, option: string): string {
  return parse(day, text, option);
}
