// A list that is asked for more while it catches up with what changed, and the other way round.
import type { Page, Route } from 'playwright-core';
import { PageBrowser } from '../../support/page-browser.js';
import { sharedLaboratory, type Laboratory } from '../../support/provisioned-system.js';

const FIRST_PAGE = 25;
const BACKUPS = 30;

let lab: Laboratory;
let browser: PageBrowser;

beforeAll(async () => {
  lab = await sharedLaboratory([]);
  for (let number = 0; number < BACKUPS; number += 1) await cancel(await request());
  browser = await PageBrowser.start(lab.system);
}, 300_000);

afterAll(() => browser?.close());

async function request(): Promise<string> {
  return (await lab.admin.post<{ backupId: string }>('/api/v1/backups', {})).body.backupId;
}

const cancel = (backupId: string) => lab.admin.post(`/api/v1/backups/${backupId}/cancel`);

/** Holds the calls for pages of the list back until they are let go. */
async function holdPages(page: Page): Promise<{ next(): Promise<string>; letGo(): void }> {
  let letGo: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  const asked: string[] = [];
  let tell: () => void = () => undefined;
  await page.route('**/api/v1/backups?*', async (route: Route) => {
    asked.push(new URL(route.request().url()).searchParams.get('cursor') ?? 'the first page');
    tell();
    await gone;
    // A call that the page has given up is answered to nobody.
    await route.continue().catch(() => undefined);
  });
  const next = async (): Promise<string> => {
    while (asked.length === 0) await new Promise<void>((resolve) => (tell = resolve));
    return asked.shift() ?? '';
  };
  return { next, letGo };
}

const rows = (page: Page) => page.locator('table.backups tbody tr');
const more = (page: Page) => page.getByRole('button', { name: 'Show more' });

it.each(['what changed', 'more'])('shows both where %s is on its way first', async (first) => {
  const { page } = await browser.signedIn(`sia@${lab.accountId}`);
  await rows(page)
    .nth(FIRST_PAGE - 1)
    .waitFor();
  const before = (await lab.admin.get<{ items: object[] }>('/api/v1/backups?limit=200')).body.items.length;
  const held = await holdPages(page);
  const clickMore = async () => more(page).click();
  let backupId = '';
  const change = async () => {
    backupId = await request();
    await held.next();
  };
  if (first === 'more') {
    await clickMore();
    expect(await held.next()).not.toBe('the first page');
    await change();
  } else {
    await change();
    await clickMore();
  }
  held.letGo();
  await page.locator('.status.pending').waitFor();
  await rows(page).nth(before).waitFor();
  expect(await rows(page).count()).toBe(before + 1);
  await cancel(backupId);
});
