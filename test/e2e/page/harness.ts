// Where things are on the page, by role and label.
import type { Locator, Page } from 'playwright-core';

export const requestButton = (page: Page): Locator => page.getByRole('button', { name: 'Request Backup', exact: true });
export const dialog = (page: Page): Locator => page.getByRole('dialog');
/** The row of the newest backup; the first is the header. */
export const newest = (page: Page): Locator => page.getByRole('row').nth(1);
export const text = (page: Page): Promise<string> => page.locator('body').innerText();

/** The directory of an account with one user, `eva`, who is its Site Admin. */
export function directoryOf(accountId: string, orgUnits: readonly object[]): object {
  return {
    name: `Account ${accountId}`,
    timeZone: 'Pacific/Auckland',
    users: [{ userId: 'eva', name: 'eva of the account', active: true, siteAdmin: true }],
    orgUnits,
  };
}
