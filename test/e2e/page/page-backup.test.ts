// Administration > Account Backups in a real browser: who sees what, and a backup's whole life by mouse and by keyboard.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { PageBrowser, axe, faultsOfLook, type Visit } from '../../support/page-browser.js';
import { startProvisioned, type ProvisionedSystem } from '../../support/provisioned-system.js';

let lab: ProvisionedSystem;
let browser: PageBrowser;
let sia: Visit;

const owner = (userId: string) => [{ userId, name: `${userId} of the account`, active: true, siteAdmin: true }];
const terms = {
  ended: { startsOn: '2020-01-01', endsOn: '2020-12-31', reference: 'OLD', note: '' },
  soon: { startsOn: '2020-01-01', endsOn: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10) },
};

beforeAll(async () => {
  lab = await startProvisioned('filesystem');
  const { host, sales } = lab;
  const account = (accountId: string, rest: object) =>
    host.put(`/api/v1/provisioning/accounts/${accountId}/directory`, {
      name: `Account ${accountId}`,
      timeZone: 'Pacific/Auckland',
      users: owner('eva'),
      orgUnits: [{ orgUnitId: 'only', name: 'The only OU' }],
      ...rest,
    });
  const orgUnits = Array.from({ length: 10_000 }, (_, number) => ({
    orgUnitId: `ou-${number}`,
    name: `Laboratory ${number}`,
    parentOrgUnitId: number < 100 ? null : `ou-${Math.floor(number / 100)}`,
  }));
  for (const [name, rest] of Object.entries({ none: {}, ended: {}, soon: {}, big: { orgUnits } })) {
    expect((await account(name, rest)).status).toBe(200);
  }
  const term = (accountId: string, body: object) =>
    sales.put(`/v1/accounts/${accountId}/subscription`, { reference: 'E2E', note: 'for the test', ...body });
  expect((await term('ended', terms.ended)).status).toBe(200);
  expect((await term('soon', terms.soon)).status).toBe(200);
  expect((await term('big', { startsOn: '2020-01-01', endsOn: '2099-12-31' })).status).toBe(200);
  browser = await PageBrowser.start(lab.system);
  sia = await browser.signedIn('sia@lab');
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await lab?.system.stop();
});

const requestButton = (page: Page) => page.getByRole('button', { name: 'Request Backup', exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
const newest = (page: Page) => page.getByRole('row').nth(1);
const text = (page: Page) => page.locator('body').innerText();

describe('who may not use it', () => {
  it('finds no menu and no table without the permission, but what to do', async () => {
    const { page, complaints } = await browser.signedIn('ona@lab');
    await page.getByRole('heading', { name: 'You may not manage account backups' }).waitFor();
    expect(await page.getByText('Administration', { exact: true }).count()).toBe(0);
    expect(await page.getByRole('table').count()).toBe(0);
    expect(await requestButton(page).count()).toBe(0);
    expect(await faultsOfLook(page, 'no-permission')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is asked to sign in and comes back to the address that was wanted', async () => {
    const { page } = await browser.visit('/help');
    expect(await faultsOfLook(page, 'signed-out')).toEqual([]);
    const there = await browser.signedIn('sia@lab', '/help');
    expect(new URL(there.page.url()).pathname).toBe('/help');
    await there.page.getByRole('dialog', { name: 'How to open a backup' }).waitFor();
    expect(await faultsOfLook(there.page, 'help')).toEqual([]);
  });

  it.each([
    ['none', 'This account has no backup subscription', 'Get a subscription'],
    ['ended', 'Your subscription ended on', 'Renew'],
  ])('sees with the subscription "%s" how to get one, and no button', async (account, title, link) => {
    const { page, complaints } = await browser.signedIn(`eva@${account}`);
    await page.getByText(title).waitFor();
    expect(await page.getByRole('link', { name: link }).getAttribute('href')).toMatch(/^(mailto|https?):/);
    expect(await requestButton(page).count()).toBe(0);
    await page.getByText('Requests need a valid subscription.').waitFor();
    expect(await faultsOfLook(page, `subscription-${account}`)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is warned when the subscription ends soon', async () => {
    const { page } = await browser.signedIn('eva@soon');
    await page.getByText(/Subscription ends in [45] days/).waitFor();
    expect(await requestButton(page).count()).toBe(1);
    expect(await faultsOfLook(page, 'subscription-soon')).toEqual([]);
  });
});

describe('a backup', () => {
  it('is requested with the keyboard alone', async () => {
    const { page, complaints } = sia;
    await page.getByRole('heading', { name: 'No backups yet' }).waitFor();
    expect(await faultsOfLook(page, 'empty')).toEqual([]);
    await requestButton(page).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Request an Account Backup' }).waitFor();
    await dialog(page)
      .getByText(/^1\d\d documents, about/)
      .waitFor();
    await tabTo(page, 'search');
    await page.keyboard.type('wat');
    await tabTo(page, 'tree');
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    await dialog(page).getByText('1 OU chosen').waitFor();
    await tabTo(page, 'radio');
    await page.keyboard.press('ArrowDown');
    await page.getByLabel('Password', { exact: true }).last().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('correct horse');
    await page.keyboard.press('Tab');
    await page.keyboard.type('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByText('The two passwords differ.').waitFor();
    expect(await faultsOfLook(page, 'request')).toEqual([]);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('correct horse');
    await page.keyboard.press('Enter');
    await newest(page).getByText('Pending').waitFor();
    expect(await newest(page).innerText()).toContain('Water');
    expect(complaints).toEqual([]);
  });

  it('while pending has trash and history, no download, and allows no other', async () => {
    const { page } = sia;
    expect(await requestButton(page).count()).toBe(0);
    await page.getByText('A backup is pending.').waitFor();
    expect(
      await newest(page)
        .getByRole('button', { name: /^Cancel backup/ })
        .count(),
    ).toBe(1);
    expect(
      await newest(page)
        .getByRole('button', { name: /^Download History/ })
        .count(),
    ).toBe(1);
    expect(
      await newest(page)
        .getByRole('button', { name: /^Download backup/ })
        .count(),
    ).toBe(0);
    expect(await faultsOfLook(page, 'pending')).toEqual([]);
  });

  it('is cancelled after a question, which Escape answers with no', async () => {
    const { page, complaints } = sia;
    const trash = newest(page).getByRole('button', { name: /^Cancel backup/ });
    await trash.click();
    await page.getByRole('alertdialog', { name: 'Cancel this backup?' }).waitFor();
    expect(await faultsOfLook(page, 'cancel')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(/^Cancel backup/);
    await trash.click();
    await page.getByRole('button', { name: 'Cancel backup', exact: true }).click();
    await newest(page).getByText('Cancelled').waitFor();
    expect(await trash.count()).toBe(0);
    await requestButton(page).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is built while one looks on, and downloaded', async () => {
    const { page, complaints } = sia;
    await requestButton(page).click();
    await dialog(page).getByText('A generated password of six words').click();
    const generated = await dialog(page).getByRole('status', { name: 'Generated password' }).innerText();
    expect(generated).toMatch(/^[a-z]+(-[a-z]+){5}$/);
    await dialog(page).getByText('No password').click();
    await dialog(page).getByRole('button', { name: 'Request Backup' }).click();
    await newest(page).getByText('Pending').waitFor();
    await lab.system.command('scan');
    const button = newest(page).getByRole('button', { name: /^Download backup/ });
    await button.waitFor({ timeout: 100_000 });
    expect(await newest(page).innerText()).toMatch(/Completed[^]*1 file could not be read[^]*All OUs/);
    expect(await faultsOfLook(page, 'completed')).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    const bytes = await readFile(await download.path());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(await button.innerText()).toMatch(/MB$/);
    expect(complaints).toEqual([]);
  });

  it('keeps its history, which has an address', async () => {
    const { page } = sia;
    await newest(page)
      .getByRole('button', { name: /^Download History/ })
      .click();
    await page.getByRole('dialog', { name: 'Download History' }).getByText('Sia Admin').waitFor();
    await dialog(page).getByText('Complete').waitFor();
    expect(await faultsOfLook(page, 'history')).toEqual([]);
    await page.reload();
    await page.getByRole('dialog', { name: 'Download History' }).getByText('Sia Admin').waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('row')
      .nth(2)
      .getByRole('button', { name: /^Download History/ })
      .click();
    await dialog(page).getByText('Backup not downloaded yet').waitFor();
    await page.keyboard.press('Escape');
    await newest(page)
      .getByRole('link', { name: /^Details/ })
      .click();
    await dialog(page).getByText('They are listed with the reason in exceptions.csv').waitFor();
    expect(await faultsOfLook(page, 'details')).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('is found by its status', async () => {
    const { page } = sia;
    await page.getByLabel('Status').selectOption('Cancelled');
    await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
    expect(await newest(page).innerText()).toContain('Cancelled');
    await page.getByLabel('Status').selectOption('Failed');
    await page.getByRole('heading', { name: 'No backup has this status' }).waitFor();
    await page.getByLabel('Status').selectOption('All');
    await page.getByRole('row').nth(2).waitFor();
  });
});

describe('somebody with the permission in some OUs', () => {
  it('neither sees nor is offered what lies outside of them', async () => {
    const { page, complaints } = await browser.signedIn('max@lab');
    await newest(page).getByText('Water').waitFor();
    // The header and the one backup that lies within.
    expect(await page.getByRole('row').count()).toBe(2);
    await requestButton(page).click();
    await dialog(page).getByRole('treeitem', { name: 'Water' }).waitFor();
    expect(await dialog(page).getByRole('treeitem').count()).toBe(2);
    expect(await text(page)).not.toMatch(/Biology|NUL|Süd \/ West/);
    expect(complaints).toEqual([]);
  });
});

describe('an account of 10,000 OUs', () => {
  it('draws only the lines in sight, narrows, and chooses all that match', async () => {
    const { page } = await browser.signedIn('eva@big');
    await requestButton(page).click();
    await dialog(page).getByText('All 10,000 OUs', { exact: true }).waitFor();
    expect(await dialog(page).getByRole('treeitem').count()).toBeLessThan(60);
    await dialog(page).getByRole('searchbox').fill('laboratory 99');
    await dialog(page).getByRole('button', { name: 'Select all 111 OUs' }).click();
    await dialog(page).getByText('111 OUs chosen').waitFor();
    expect(await faultsOfLook(page, 'request-big')).toEqual([]);
  });

  it('takes keys for the lines that were typed for, however busy the machine', async () => {
    const { page } = await browser.signedIn('eva@big');
    await page.addInitScript(LATE_RENDERING);
    await page.reload();
    await requestButton(page).click();
    await dialog(page).getByText('All 10,000 OUs', { exact: true }).waitFor();
    await dialog(page).getByRole('searchbox').focus();
    for (const key of ['1', '2', '3', '4', 'Tab', 'End', 'Space']) await page.keyboard.press(key);
    await dialog(page).getByText('1 OU chosen').waitFor();
    expect(await dialog(page).getByRole('treeitem', { checked: true }).innerText()).toContain('Laboratory 1234');
  });
});

describe('German', () => {
  it('is what a browser that prefers it gets', async () => {
    const { page, complaints } = await browser.signedIn('sia@lab', '/', { locale: 'de-DE' });
    await page.getByRole('heading', { name: 'Kontosicherungen' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de-DE');
    expect(await text(page)).not.toMatch(/Request|Download Expires|Completed/);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sicherung anfordern' }).click();
    await dialog(page)
      .getByText(/Dokumente/)
      .first()
      .waitFor();
    expect(await faultsOfLook(page, 'request-german')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

/** What React may put off comes a second later, as on a processor that has other work; what answers a key does not wait. */
const LATE_RENDERING = `window.MessageChannel = class {
  port1 = {};
  port2 = { postMessage: () => setTimeout(() => this.port1.onmessage({}), 1000) };
}`;

const FOCUSED_ROLE = `document.activeElement.getAttribute('role') ?? document.activeElement.type`;

/** Presses Tab until the focus is on an element of that role or type; fails after a round. */
async function tabTo(page: Page, role: string): Promise<void> {
  for (let count = 0; count < 40; count += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate<string>(FOCUSED_ROLE)) === role) return;
  }
  throw new Error(`no element ${role} takes the focus`);
}
