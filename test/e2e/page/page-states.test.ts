// States of a backup that come about without the page; it shows each of them without a reload.
import { Client } from 'pg';
import type { Page } from 'playwright-core';
import { openStoreProxy } from '../../support/store-proxy.js';
import { directory } from '../../support/laboratory.js';
import { PageBrowser, faultsOfLook, type Visit } from '../../support/page-browser.js';
import { startProvisioned, type ProvisionedSystem } from '../../support/provisioned-system.js';
import { ApiClient } from '../../support/api-client.js';
import { testObjectStoreUrl } from '../../support/real-parts.js';
import { newest } from './harness.js';

let proxy: Awaited<ReturnType<typeof openStoreProxy>>;
let lab: ProvisionedSystem;
let browser: PageBrowser;
let sia: Visit;

const longName = 'Department of analytical chemistry, trace elements and isotope ratios of surface water';
const orgUnits = directory.orgUnits.map((orgUnit) =>
  orgUnit.orgUnitId === 'chem' ? { ...orgUnit, name: longName } : orgUnit,
);

beforeAll(async () => {
  const bucket = new URL(testObjectStoreUrl());
  bucket.pathname = `/states-${process.pid}`;
  proxy = await openStoreProxy(bucket.href);
  lab = await startProvisioned(new URL(proxy.url));
  expect((await lab.host.put(`${lab.path}/directory`, { ...directory, orgUnits })).status).toBe(200);
  browser = await PageBrowser.start(lab.system);
  sia = await browser.signedIn('sia@lab');
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await lab?.system.stop();
  proxy?.close();
});

async function buttons(page: Page): Promise<readonly string[]> {
  const all = await newest(page).getByRole('button').all();
  const labels = await Promise.all(all.map((button) => button.getAttribute('aria-label')));
  return labels.map((label) => label?.replace(/ of backup of .*/, '') ?? '');
}

it('shows the request with names of any length, whole', async () => {
  const { page } = sia;
  await page.getByRole('button', { name: 'Request Backup', exact: true }).click();
  await page.getByRole('treeitem', { name: longName }).waitFor();
  expect(await faultsOfLook(page, 'request-long-names')).toEqual([]);
  await page.keyboard.press('Escape');
});

it('shows one in progress while the store is away, and goes on by itself', async () => {
  const { page, complaints } = sia;
  proxy.rules.isAway = true;
  await lab.admin.post('/api/v1/backups', {});
  await lab.system.command('scan');
  await newest(page).getByText('In Progress').waitFor();
  await newest(page).getByRole('progressbar').waitFor();
  await newest(page).getByText('Waiting for the store since').waitFor();
  expect(await buttons(page)).toEqual(['Download History']);
  expect(await faultsOfLook(page, 'in-progress')).toEqual([]);
  proxy.rules.isAway = false;
  await newest(page).getByText('Completed').waitFor({ timeout: 120_000 });
  expect(complaints).toEqual([]);
}, 180_000);

it('shows one that expired, with its history and nothing to download', async () => {
  const { page, complaints } = sia;
  const database = new Client({ connectionString: lab.system.databaseUrl });
  await database.connect();
  await database.query(`UPDATE backups.backups SET expires_at = now() WHERE status = 'completed'`);
  await database.end();
  await newest(page).getByText('Expired', { exact: true }).waitFor({ timeout: 60_000 });
  expect(await buttons(page)).toEqual(['Download History']);
  expect(await faultsOfLook(page, 'expired')).toEqual([]);
  expect(complaints).toEqual([]);
});

it('says of one that failed why, and what to do', async () => {
  const { page, complaints } = sia;
  const max = new ApiClient(
    lab.system.gatewayUrl,
    await lab.system.command('token', '--account', 'lab', '--user', 'max'),
  );
  expect((await max.post('/api/v1/backups', {})).status).toBe(201);
  await newest(page).getByText('Pending').waitFor();
  const userGroups = directory.userGroups.map((group) => ({ ...group, memberIds: [] }));
  expect((await lab.host.put(`${lab.path}/directory`, { ...directory, orgUnits, userGroups })).status).toBe(200);
  await lab.system.command('scan');
  await newest(page).getByText('Failed').waitFor({ timeout: 60_000 });
  await newest(page).getByText('The requester lost the permission in an OU of this backup.').waitFor();
  expect(await buttons(page)).toEqual(['Download History']);
  expect(await faultsOfLook(page, 'failed')).toEqual([]);
  expect(complaints).toEqual([]);
});

it('says when there is no network, and goes on by itself', async () => {
  const { page } = sia;
  await page.context().setOffline(true);
  await page.getByText('What you see may be old.').waitFor();
  expect(await faultsOfLook(page, 'offline')).toEqual([]);
  await page.context().setOffline(false);
  await page.getByText('What you see may be old.').waitFor({ state: 'detached' });
});
