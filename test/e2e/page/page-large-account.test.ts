// Ten thousand OUs to choose from.
import { PageBrowser, faultsOfLook } from '../../support/page-browser.js';
import { ownAccountId, sharedLaboratory } from '../../support/provisioned-system.js';
import { dialog, directoryOf, requestButton } from './harness.js';

const ACCOUNT = ownAccountId('big');

let browser: PageBrowser;

const orgUnits = Array.from({ length: 10_000 }, (_, number) => ({
  orgUnitId: `ou-${number}`,
  name: `Laboratory ${number}`,
  parentOrgUnitId: number < 100 ? null : `ou-${Math.floor(number / 100)}`,
}));

beforeAll(async () => {
  const { system, host, sales } = await sharedLaboratory([]);
  const directory = directoryOf(ACCOUNT, orgUnits);
  expect((await host.put(`/api/v1/provisioning/accounts/${ACCOUNT}/directory`, directory)).status).toBe(200);
  const term = { startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'E2E', note: 'for the test' };
  expect((await sales.put(`/v1/accounts/${ACCOUNT}/subscription`, term)).status).toBe(200);
  browser = await PageBrowser.start(system);
}, 300_000);

afterAll(() => browser?.close());

describe('an account of 10,000 OUs', () => {
  it('draws only the lines in sight, narrows, and chooses all that match', async () => {
    const { page } = await browser.signedIn(`eva@${ACCOUNT}`);
    await requestButton(page).click();
    await dialog(page).getByText('All 10,000 OUs', { exact: true }).waitFor();
    const lines = await dialog(page).getByRole('treeitem').count();
    expect(lines).toBeGreaterThan(0);
    expect(lines).toBeLessThan(60);
    await dialog(page).getByRole('searchbox').fill('laboratory 99');
    await dialog(page).getByRole('button', { name: 'Select all 111 OUs' }).click();
    await dialog(page).getByText('111 OUs chosen').waitFor();
    expect(await faultsOfLook(page, 'request-big')).toEqual([]);
  });

  it('takes keys for the lines that were typed for, however busy the machine', async () => {
    const { page } = await browser.signedIn(`eva@${ACCOUNT}`);
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

/** Delays by a second what React may put off, as a busy processor does; what answers a key does not wait. */
const LATE_RENDERING = `window.MessageChannel = class {
  port1 = {};
  port2 = { postMessage: () => setTimeout(() => this.port1.onmessage({}), 1000) };
}`;
