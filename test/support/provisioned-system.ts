import { ApiClient } from './api-client.js';
import { directory, documents, files, type LaboratoryFile } from './laboratory.js';
import { startSystem, type RunningSystem, type StoreKind } from './running-system.js';

export interface ProvisionedSystem {
  readonly system: RunningSystem;
  /** A program with the scope `provisioning`. */
  readonly host: ApiClient;
  /** A program with the scope `subscriptions`. */
  readonly sales: ApiClient;
  /** The Site Admin of the account `lab`. */
  readonly admin: ApiClient;
}

export const LAB = '/api/v1/provisioning/accounts/lab';

/** A system with the laboratory in it, subscribed. */
export async function startProvisioned(
  store: StoreKind,
  contents: readonly LaboratoryFile[] = files,
  settings: Readonly<Record<string, string>> = {},
): Promise<ProvisionedSystem> {
  const system = await startSystem(store, settings);
  const token = (...args: string[]) => system.command('token', ...args);
  const host = new ApiClient(system.gatewayUrl, await token('--service', 'host', '--scope', 'provisioning'));
  const sales = new ApiClient(system.subscriptionsUrl, await token('--service', 'sales', '--scope', 'subscriptions'));
  const admin = new ApiClient(system.gatewayUrl, await token('--account', 'lab', '--user', 'sia'));
  expect((await host.put(`${LAB}/directory`, directory)).status).toBe(200);
  const lines = documents.map((document) => JSON.stringify(document)).join('\n');
  const intake = await host.raw<object>('POST', `${LAB}/documents`, lines, 'application/x-ndjson');
  expect(intake.body).toEqual({ accepted: documents.length, rejected: [] });
  for (const { fileId, content } of contents) {
    const put = await host.raw<{ sizeBytes: number }>('PUT', `${LAB}/files/${fileId}`, new Uint8Array(content));
    expect(put.body.sizeBytes).toBe(content.length);
  }
  const term = { startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'E2E', note: 'for the test' };
  expect((await sales.put('/v1/accounts/lab/subscription', term)).status).toBe(200);
  return { system, host, sales, admin };
}
