// The page below a path of a host system, and inside a page of it as the element <account-backups>.
import { readFile } from 'node:fs/promises';
import type { Frame, Page } from 'playwright-core';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { startHostSystem, type HostSystem } from '../../support/host-system.js';
import { axe, PageBrowser } from '../../support/page-browser.js';
import { startProvisioned, type ProvisionedSystem } from '../../support/provisioned-system.js';

const PATH = '/apps/backups';
const HOST_PAGE = `<!doctype html><html lang="en"><title>QMS</title>
<style>body { --ab-accent: #a03070; --ab-font: Georgia, serif; margin: 0; block-size: 100vh; }</style>
<script type="module" src="${PATH}/embed.js"></script>
<main><h1>Administration</h1>
<account-backups path="/help" scheme="dark" title="Backups of the laboratory"></account-backups></main></html>`;

let lab: ProvisionedSystem;
let browser: PageBrowser;
let port: number;

beforeAll(async () => {
  port = await freePort();
  lab = await startProvisioned('filesystem', undefined, { PUBLIC_URL: `http://localhost:${port}${PATH}` });
  browser = await PageBrowser.start(lab.system);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await lab?.system.stop();
});

describe.each([
  ['passes the path on', false],
  ['takes the path away', true],
])('behind a host system that %s', (_what, strips) => {
  let host: HostSystem;

  beforeAll(async () => {
    host = await startHostSystem({ port, path: PATH, html: HOST_PAGE, strips });
    host.gatewayUrl = lab.system.gatewayUrl;
  });

  afterAll(() => host?.stop());

  it('is used below the path alone: signing in, requesting, downloading, deep links, signing out', async () => {
    const { page, complaints } = await browser.signedIn('sia@lab', `${host.url}${PATH}/help`);
    expect(page.url()).toBe(`${host.url}${PATH}/help`);
    await page.getByRole('dialog', { name: 'How to open a backup' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(`${host.url}${PATH}/`);
    await request(page);
    await lab.system.command('scan');
    const newest = page.getByRole('row').nth(1);
    await newest.getByText('Completed').waitFor({ timeout: 60_000 });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      newest.getByRole('button', { name: /^Download backup of/ }).click(),
    ]);
    expect(download.url()).toContain(`${host.url}${PATH}/api/v1/backups/`);
    expect((await readFile(await download.path())).subarray(0, 4)).toEqual(Buffer.from('PK\x03\x04', 'latin1'));
    await newest.getByRole('button', { name: /^Download History/ }).click();
    await page.waitForURL(/\/apps\/backups\/backups\/[\w-]+\/history$/);
    await page.reload();
    await page.getByRole('dialog').getByText('Sia Admin').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(page.url()).toBe(`${host.url}${PATH}/`);
    expect((await page.context().cookies()).filter(({ name }) => name.startsWith('account_backups'))).toEqual([]);
    expect(complaints).toEqual([]);
  }, 180_000);

  it('is a page of the host: signs in beside it, wears its looks and follows its address', async () => {
    const { page, complaints } = await browser.visit(`${host.url}/administration`);
    const frame = await frameOf(page);
    const [window] = await Promise.all([
      page.context().waitForEvent('page'),
      frame.getByRole('link', { name: 'Sign in' }).click(),
    ]);
    await Promise.all([window.waitForEvent('close'), browser.fillIn(window, 'sia@lab')]);

    await frame.getByRole('dialog', { name: 'How to open a backup' }).waitFor();
    expect(await frame.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
    const look = 'getComputedStyle(document.body).fontFamily + " " + document.documentElement.dataset.scheme';
    expect(await frame.evaluate(look)).toBe('Georgia, serif dark');
    await page.evaluate(`
      window.seen = [];
      document.addEventListener('account-backups-path', ({ detail }) => seen.push(detail.path));
      document.querySelector('account-backups').setAttribute('scheme', 'light');`);
    const scheme = () => frame.evaluate('document.documentElement.dataset.scheme');
    await eventually(async () => expect(await scheme()).toBe('light'));
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await page.evaluate('seen.at(-1)')).toBe('/'));
    await page.evaluate('document.querySelector("account-backups").setAttribute("path", "/request")');
    await (await frameOf(page)).getByRole('dialog', { name: 'Request an Account Backup' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: '.data/screenshots/embedded-desk-light.png' });
    expect(complaints).toEqual([]);
  }, 120_000);

  it('hears nobody but its host, and the host nobody but it', async () => {
    const { page } = await browser.visit(`${host.url}/administration`);
    const frame = await frameOf(page);
    await frame.getByRole('link', { name: 'Sign in' }).waitFor();
    // From the window to itself: its own listeners have heard it when the last one has.
    const posted = (message: object) => `new Promise((heard) => {
      addEventListener('message', () => setTimeout(heard));
      postMessage(${JSON.stringify({ accountBackups: '', ...message })}, '*');
    })`;
    await page.evaluate(`
      window.seen = [];
      document.addEventListener('account-backups-path', ({ detail }) => seen.push(detail.path));`);
    await page.evaluate(posted({ path: '/elsewhere' }));
    expect(await page.evaluate('seen')).not.toContain('/elsewhere');
    await frame.evaluate(posted({ accountBackups: 'theme', query: 'scheme=light' }));
    expect(await frame.evaluate('document.documentElement.dataset.scheme')).toBe('dark');
  });
});

async function frameOf(page: Page): Promise<Frame> {
  const handle = await page.locator('account-backups iframe[title="Backups of the laboratory"]').elementHandle();
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error('the host page has no frame');
  return frame;
}

async function request(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Request Backup', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Request Backup' }).click();
  await page.getByRole('row').nth(1).getByText('Pending').waitFor();
}
