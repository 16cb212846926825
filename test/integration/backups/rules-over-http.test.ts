// Random walks over the HTTP API of a whole running system, each step compared with the rules in `test/model`.
// MODEL_WALKS sets how many walks (default 6, of up to 40 steps); fast-check prints seed and path of a failure.
import { directory as schema } from '@account-backups/contracts';
import { mintLocalToken } from 'account-backups/local-token.js';
import fc from 'fast-check';
import { looking, steps, subscribing, USERS, watched, type RealAccount } from '../../model/account-steps.js';
import type { KnownAccount } from '../../model/account-rules.js';
import { ApiClient } from '../../support/api-client.js';
import { startSystem, type RunningSystem } from '../../support/running-system.js';

const WALKS = Number(process.env['MODEL_WALKS'] ?? 6);
const STEPS = Number(process.env['MODEL_STEPS'] ?? 40);
const SEED = process.env['MODEL_SEED'];

let system: RunningSystem;
let host: ApiClient;
let sales: ApiClient;
let issuerUrl: string;
let accounts = 0;
let taken = 0;

beforeAll(async () => {
  system = await startSystem('filesystem');
  const provisioning = await system.command('token', '--service', 'host', '--scope', 'provisioning');
  const claims = JSON.parse(Buffer.from(provisioning.split('.')[1] ?? '', 'base64url').toString()) as { iss: string };
  issuerUrl = claims.iss;
  host = new ApiClient(system.gatewayUrl, provisioning);
  sales = new ApiClient(
    system.subscriptionsUrl,
    await system.command('token', '--service', 'sales', '--scope', 'subscriptions'),
  );
}, 300_000);

afterAll(() => system?.stop());

function openAccount(): { model: KnownAccount; real: RealAccount } {
  accounts += 1;
  const accountId = `walk-${accounts}`;
  const clients = new Map<string, ApiClient>();
  const mint = async (userId: string) => {
    const bearer = { accountId, userId };
    return new ApiClient(system.gatewayUrl, await mintLocalToken({ dataDir: system.dataDir, issuerUrl, bearer }));
  };
  const person = async (userId: string) => {
    const client = clients.get(userId) ?? (await mint(userId));
    clients.set(userId, client);
    return client;
  };
  const empty = watched(schema.parse({ name: 'empty', timeZone: 'UTC' }));
  return {
    model: { directory: empty, subscribed: false, backups: [], keys: [] },
    real: { accountId, host, sales, person, scan: async () => void (await system.command('scan')) },
  };
}

it(
  'answers as the rules say, whatever happens in whatever order',
  async () => {
    const walk = fc.asyncProperty(fc.commands(steps, { maxCommands: STEPS, size: 'max' }), async (commands) => {
      const { model, real } = openAccount();
      await real.host.put(`/api/v1/provisioning/accounts/${real.accountId}/directory`, model.directory);
      await subscribing(true)(model, real);
      await fc.asyncModelRun(() => ({ model, real }), commands);
      for (const userId of USERS) await looking(userId)(model, real);
      taken += [...commands].length;
    });
    await fc.assert(walk, { numRuns: WALKS, ...(SEED !== undefined && { seed: Number(SEED) }) });
    expect(taken).toBeGreaterThan(0);
  },
  Math.max(120_000, WALKS * 60_000),
);
