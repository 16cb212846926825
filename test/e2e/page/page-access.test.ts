// Who may use the page, and what others are told instead.
import { PageBrowser, faultsOfLook } from '../../support/page-browser.js';
import { ownAccountId, sharedLaboratory, type Laboratory } from '../../support/provisioned-system.js';
import { directoryOf, requestButton } from './harness.js';

let lab: Laboratory;
let browser: PageBrowser;

/** The accounts by what becomes of their subscription. */
const accounts = { none: ownAccountId('none'), ended: ownAccountId('ended'), soon: ownAccountId('soon') };

const terms = {
  ended: { startsOn: '2020-01-01', endsOn: '2020-12-31', reference: 'OLD', note: '' },
  soon: { startsOn: '2020-01-01', endsOn: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10) },
};

beforeAll(async () => {
  lab = await sharedLaboratory([]);
  const { host, sales } = lab;
  for (const accountId of Object.values(accounts)) {
    const directory = directoryOf(accountId, [{ orgUnitId: 'only', name: 'The only OU' }]);
    expect((await host.put(`/api/v1/provisioning/accounts/${accountId}/directory`, directory)).status).toBe(200);
  }
  const term = (accountId: string, body: object) =>
    sales.put(`/v1/accounts/${accountId}/subscription`, { reference: 'E2E', note: 'for the test', ...body });
  expect((await term(accounts.ended, terms.ended)).status).toBe(200);
  expect((await term(accounts.soon, terms.soon)).status).toBe(200);
  browser = await PageBrowser.start(lab.system);
}, 300_000);

afterAll(() => browser?.close());

describe('who may not use it', () => {
  it('finds no menu and no table without the permission, but what to do', async () => {
    const { page, complaints } = await browser.signedIn(`ona@${lab.accountId}`);
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
    const there = await browser.signedIn(`sia@${lab.accountId}`, '/help');
    expect(new URL(there.page.url()).pathname).toBe('/help');
    await there.page.getByRole('dialog', { name: 'How to open a backup' }).waitFor();
    expect(await faultsOfLook(there.page, 'help')).toEqual([]);
  });

  it.each([
    ['ACCOUNT_MISSING', 'en-GB', /names no account for you/, 'Sign in as somebody else'],
    ['USER_UNKNOWN', 'de-DE', /Niemand, der in Ihrem Konto aktiv ist/, 'Als jemand anderes anmelden'],
  ])('is told why the issuer was not enough (%s, %s), and may be somebody else', async (code, locale, why, link) => {
    const { page, complaints } = await browser.visit(`/?signIn=${code}&returnTo=%2Fhelp`, { locale });
    await page.getByText(why).waitFor();
    await page.getByText(code, { exact: true }).waitFor();
    expect(await faultsOfLook(page, `sign-in-${code}`)).toEqual([]);
    await page.getByRole('link', { name: link }).click();
    await browser.fillIn(page, `sia@${lab.accountId}`);
    await page.waitForURL(`${lab.system.gatewayUrl}/help`);
    expect(complaints).toEqual([]);
  });

  it.each<[keyof typeof accounts, string, string]>([
    ['none', 'This account has no backup subscription', 'Get a subscription'],
    ['ended', 'Your subscription ended on', 'Renew'],
  ])('sees with the subscription "%s" how to get one, and no button', async (account, title, link) => {
    const { page, complaints } = await browser.signedIn(`eva@${accounts[account]}`);
    await page.getByText(title).waitFor();
    expect(await page.getByRole('link', { name: link }).getAttribute('href')).toMatch(/^(mailto|https?):/);
    expect(await requestButton(page).count()).toBe(0);
    await page.getByText('Requests need a valid subscription.').waitFor();
    expect(await faultsOfLook(page, `subscription-${account}`)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is warned when the subscription ends soon', async () => {
    const { page } = await browser.signedIn(`eva@${accounts.soon}`);
    await page.getByText(/Subscription ends in [45] days/).waitFor();
    expect(await requestButton(page).count()).toBe(1);
    expect(await faultsOfLook(page, 'subscription-soon')).toEqual([]);
  });
});
