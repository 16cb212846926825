// Every command, fed with what controls a terminal: a new one is not forgotten, and prints as all others do.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@account-backups/contracts';
import { ringPlaces } from '@account-backups/service-kit/keys';
import { jest } from '@jest/globals';
import type { Command } from 'commander';
import { archiveOf } from './testing/bag-archive.js';

const HOSTILE = 'a\u001b[2J\u202egpj\u009b\u007f\u2028b';
const SHOWN = 'a\\u001b[2J\\u202egpj\\u009b\\u007f\\u2028b';
const CONTROLS = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const term = { accountId: HOSTILE, accountName: HOSTILE, startsOn: HOSTILE, endsOn: HOSTILE, reference: HOSTILE };
const history = [
  { at: '2026-12-31T15:00:00.000Z', by: HOSTILE, action: HOSTILE, startsOn: null, endsOn: null, note: HOSTILE },
];
const subscription = { ...term, timeZone: 'UTC', state: HOSTILE, endsAt: null, terms: [term], history };
const page = { items: [{ ...subscription, daysLeft: 3 }], nextCursor: null };
const refused = () => new AppError('VALIDATION_FAILED', HOSTILE);

jest.unstable_mockModule('./system/ask-service.js', () => ({
  askService: async () => ({
    links: 1,
    head: { sequence: 1, hash: HOSTILE },
    fault: null,
    checkpoint: HOSTILE,
    verifier: HOSTILE,
  }),
}));
jest.unstable_mockModule('./system/over-bus.js', () => ({
  overBus: async (_url: string, work: (bus: object) => unknown) => work({ survey, request }),
}));
jest.unstable_mockModule('@account-backups/object-store', () => ({
  openObjectStore: () => ({ initialise: async () => ({ storeId: HOSTILE, createdAt: HOSTILE }), close: async () => 0 }),
}));
jest.unstable_mockModule('./system/local-token.js', () => ({ mintLocalToken: async () => HOSTILE }));
jest.unstable_mockModule('./system/api-client.js', () => ({
  ApiClient: class {
    async json({ path }: { path: string }): Promise<unknown> {
      if (path.includes('/documents')) throw refused();
      return path.endsWith('/subscription') || path.endsWith('/extend') || path.endsWith('/end') ? subscription : page;
    }
    async text(): Promise<string> {
      return `account,name\r\na,"${HOSTILE}"\r\n`;
    }
  },
}));

/** The audit, whose chain has one record. */
async function request(name: string): Promise<object> {
  const actor = { kind: 'person', id: HOSTILE, name: HOSTILE };
  const said = { subject: HOSTILE, ipAddress: HOSTILE, userAgent: HOSTILE, details: { [HOSTILE]: HOSTILE } };
  if (name === 'scheduler.tick-now') return { tickId: HOSTILE, kind: HOSTILE, at: HOSTILE };
  return name === 'trail.list' ? { entries: [{ sequence: 1, actor, ...said }] } : {};
}

/** A process that follows the files of the rings. */
async function survey(service: string): Promise<readonly object[]> {
  const held = Object.values(ringPlaces)
    .flat()
    .filter((place) => place.service === service)
    .map(({ setting }) => [setting, { keyIds: keyIdsIn(join(keysFolder, service, setting)), fault: null }]);
  return [{ process: HOSTILE, told: Object.fromEntries(held) as object }];
}

function keyIdsIn(file: string): readonly string[] {
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split(',')
        .map((key) => key.trim().split(':')[0] ?? '')
    : [HOSTILE];
}

const { accountBackups } = await import('./program.js');

let folder = '';
let keysFolder = '';
let printed = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
  const line = JSON.stringify({ documentId: HOSTILE, index: HOSTILE, title: HOSTILE });
  const tables = { 'data/metadata/files.csv': 'path,document_id\r\n' };
  writeFileSync(join(folder, 'a.zip'), await archiveOf({ ...tables, 'data/metadata/documents.jsonl': '' }));
  const named = { [`data/${HOSTILE}`]: 'x', 'data/metadata/documents.jsonl': `${line}\n` };
  writeFileSync(join(folder, 'b.zip'), await archiveOf({ ...tables, ...named }));
  writeFileSync(join(folder, `${HOSTILE}.txt`), 'x');
  keysFolder = join(mkdtempSync(join(tmpdir(), 'keys-')), HOSTILE);
  mkdirSync(join(keysFolder, 'gateway'), { recursive: true });
  const notes = [{ keyId: HOSTILE, createdAt: HOSTILE, retiredAt: HOSTILE }];
  writeFileSync(join(keysFolder, 'gateway/SESSION_KEYS.json'), JSON.stringify(notes));
  process.env['KEYS_DIR'] = keysFolder;
  const address = 'http://nowhere';
  Object.assign(process.env, { GATEWAY_URL: address, SUBSCRIPTIONS_URL: address, OIDC_ISSUER: address });
  Object.assign(process.env, { RABBITMQ_URL: 'amqp://nowhere', OBJECT_STORE_URL: 'file:///nowhere' });
  for (const output of [process.stdout, process.stderr]) {
    jest.spyOn(output, 'write').mockImplementation((text) => Boolean((printed += String(text))));
  }
  jest.spyOn(console, 'log').mockImplementation((text: string) => void (printed += `${text}\n`));
  jest.spyOn(console, 'error').mockImplementation((text: string) => void (printed += `${text}\n`));
});

afterAll(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
  rmSync(dirname(keysFolder), { recursive: true });
});

beforeEach(() => void (printed = ''));
afterEach(() => void (process.exitCode = undefined));

const account = ['--account', 'acme'];
const why = ['--note', 'x'];
const RUNS: Readonly<Record<string, () => readonly string[]>> = {
  token: () => ['--service', 'x', '--scope', 'provisioning'],
  scan: () => [],
  import: () => [folder, ...account, '--org-unit', 'ou'],
  verify: () => [join(folder, 'b.zip')],
  diff: () => [join(folder, 'a.zip'), join(folder, 'b.zip')],
  'subscription show': () => account,
  'subscription start': () => {
    return [...account, ...why, '--reference', 'x', '--starts-on', '2026-01-01', '--ends-on', '2026-12-31'];
  },
  'subscription extend': () => [...account, ...why, '--ends-on', '2026-12-31'],
  'subscription end': () => [...account, ...why],
  'subscription list': () => [],
  'subscription expiring': () => [],
  'store init': () => [],
  'keys init': () => [],
  'keys list': () => [],
  'keys add': () => ['session'],
  'keys retire': () => ['session', keyIdsIn(join(keysFolder, 'gateway/SESSION_KEYS'))[1] ?? ''],
  'audit verify': () => account,
  'audit checkpoint': () => account,
  'audit export': () => account,
};

async function run(name: string, ...more: readonly string[]): Promise<string> {
  const args = [...name.split(' '), ...(RUNS[name]?.() ?? []), ...more];
  // what is thrown is printed by main.ts, through the same way out
  await accountBackups()
    .parseAsync(args, { from: 'user' })
    .catch(() => undefined);
  return printed;
}

const leaves = (command: Command, path: readonly string[] = []): string[] =>
  command.commands.length === 0
    ? [path.join(' ')]
    : command.commands.flatMap((each) => leaves(each, [...path, each.name()]));

describe('every command', () => {
  it('is tried here', () => {
    expect(leaves(accountBackups()).toSorted()).toEqual(Object.keys(RUNS).toSorted());
  });

  it.each(Object.keys(RUNS))('prints no control or bidi character of a stranger: %s', async (name) => {
    expect(await run(name)).toContain(SHOWN);
    expect(printed).not.toMatch(CONTROLS);
  });

  it.each(Object.keys(RUNS))('prints none as JSON either: %s', async (name) => {
    expect(await run(name, ...(name === 'audit export' ? [] : ['--json']))).toContain(SHOWN);
    expect(printed).not.toMatch(CONTROLS);
  });

  it('prints none as CSV', async () => {
    expect(await run('subscription expiring', '--csv')).toBe(`account,name\r\na,"${SHOWN}"\r\n`);
    expect(await run('audit export', '--format', 'csv')).toContain(`person,${SHOWN},${SHOWN}`);
    expect(printed.replaceAll('\r\n', '')).not.toMatch(CONTROLS);
  });

  it.each(['account-backups', 'demo-data'])('has one way out: %s', (tool) => {
    const root = fileURLToPath(new URL(`../../${tool}/src/`, import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /(?<!\.spec)\.ts$/.test(path),
    );
    const printing = files.filter((path) =>
      /console\.|process\.std(out|err)/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(printing).toEqual(tool === 'account-backups' ? ['terminal/output.ts'] : []);
  });
});
