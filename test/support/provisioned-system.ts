import { randomBytes } from 'node:crypto';
import { ApiClient } from './api-client.js';
import { directory, documents, files, type LaboratoryFile } from './laboratory.js';
import { startSystem, type RunningSystem, type StoreKind, type TestSystem } from './running-system.js';
import { sharedSystem } from './shared-system.js';

/** The laboratory as an account of a system, subscribed. */
export interface Laboratory {
  readonly system: TestSystem;
  readonly accountId: string;
  /** Where the account is provisioned. */
  readonly path: string;
  /** A program with the scope `provisioning`. */
  readonly host: ApiClient;
  /** A program with the scope `subscriptions`. */
  readonly sales: ApiClient;
  /** The Site Admin of the account. */
  readonly admin: ApiClient;
  /** Another person of the account. */
  person(userId: string): Promise<ApiClient>;
}

export interface ProvisionedSystem extends Laboratory {
  readonly system: RunningSystem;
}

/** A system of the caller's own with the laboratory in it as the account `lab`. */
export async function startProvisioned(
  store: StoreKind,
  contents: readonly LaboratoryFile[] = files,
  settings: Readonly<Record<string, string>> = {},
): Promise<ProvisionedSystem> {
  const system = await startSystem(store, settings);
  return { ...(await provision(system, 'lab', contents)), system };
}

/** The laboratory as an account of the caller's own in the system of this worker. */
export async function sharedLaboratory(contents: readonly LaboratoryFile[] = files): Promise<Laboratory> {
  return provision(await sharedSystem(), ownAccountId('lab'), contents);
}

/** An id that no other test file gives to an account. */
export function ownAccountId(name: string): string {
  return `${name}-${randomBytes(4).toString('hex')}`;
}

async function provision(
  system: TestSystem,
  accountId: string,
  contents: readonly LaboratoryFile[],
): Promise<Laboratory> {
  const path = `/api/v1/provisioning/accounts/${accountId}`;
  const person = async (userId: string) => new ApiClient(system.gatewayUrl, await system.token({ accountId, userId }));
  const [provisioning, selling, admin] = await Promise.all([
    system.token({ service: 'host', scopes: ['provisioning'] }),
    system.token({ service: 'sales', scopes: ['subscriptions'] }),
    person('sia'),
  ]);
  const host = new ApiClient(system.gatewayUrl, provisioning);
  const sales = new ApiClient(system.subscriptionsUrl, selling);
  expect((await host.put(`${path}/directory`, directory)).status).toBe(200);
  const lines = documents.map((document) => JSON.stringify(document)).join('\n');
  const intake = await host.raw<object>('POST', `${path}/documents`, lines, 'application/x-ndjson');
  expect(intake.body).toMatchObject({ accepted: documents.length, rejected: [], warnings: [] });
  for (const { fileId, content } of contents) {
    const put = await host.raw<{ sizeBytes: number }>('PUT', `${path}/files/${fileId}`, new Uint8Array(content));
    expect(put.body.sizeBytes).toBe(content.length);
  }
  const term = { startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'E2E', note: 'for the test' };
  expect((await sales.put(`/v1/accounts/${accountId}/subscription`, term)).status).toBe(200);
  return { system, accountId, path, host, sales, admin, person };
}
