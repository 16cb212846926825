// A backup's whole life in a real browser, by mouse and by keyboard.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { PageBrowser, axe, faultsOfLook, type Visit } from '../../support/page-browser.js';
import { sharedLaboratory, type Laboratory } from '../../support/provisioned-system.js';
import { dialog, newest, requestButton, text } from './harness.js';

let lab: Laboratory;
let browser: PageBrowser;
let sia: Visit;

beforeAll(async () => {
  lab = await sharedLaboratory();
  browser = await PageBrowser.start(lab.system);
  sia = await browser.signedIn(`sia@${lab.accountId}`);
}, 300_000);

afterAll(() => browser?.close());

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
    await page.keyboard.type('six words in the dark');
    await page.keyboard.press('Tab');
    await page.keyboard.type('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByText('The two passwords differ.').waitFor();
    expect(await faultsOfLook(page, 'request')).toEqual([]);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('six words in the dark');
    await page.keyboard.press('Enter');
    await newest(page).getByText('Pending').waitFor();
    expect(await newest(page).innerText()).toContain('Water');
    expect(complaints).toEqual([]);
  });

  it('while pending has trash and history, no download, and allows no other', async () => {
    const { page } = sia;
    await page.getByText('A backup is pending.').waitFor();
    expect(await requestButton(page).count()).toBe(0);
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
    const { page, complaints } = await browser.signedIn(`max@${lab.accountId}`);
    await newest(page).getByText('Water').waitFor();
    // The header, and the one backup that lies within the OUs of this person.
    expect(await page.getByRole('row').count()).toBe(2);
    await requestButton(page).click();
    await dialog(page).getByRole('treeitem', { name: 'Water' }).waitFor();
    expect(await dialog(page).getByRole('treeitem').count()).toBe(2);
    expect(await text(page)).not.toMatch(/Biology|NUL|Süd \/ West/);
    expect(complaints).toEqual([]);
  });
});

describe('German', () => {
  it('is what a browser that prefers it gets', async () => {
    const { page, complaints } = await browser.signedIn(`sia@${lab.accountId}`, '/', { locale: 'de-DE' });
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

const FOCUSED_ROLE = `document.activeElement.getAttribute('role') ?? document.activeElement.type`;

/** Presses Tab until the focus is on an element of that role or type; fails after a round. */
async function tabTo(page: Page, role: string): Promise<void> {
  for (let count = 0; count < 40; count += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate<string>(FOCUSED_ROLE)) === role) return;
  }
  throw new Error(`no element ${role} takes the focus`);
}
