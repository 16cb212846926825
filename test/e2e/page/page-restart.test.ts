// The server stops under an open page and comes back; what the page loads.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PageBrowser, axe } from '../../support/page-browser.js';
import { startProvisioned, type ProvisionedSystem } from '../../support/provisioned-system.js';

const DIST = new URL('../../../services/gateway/web/dist/', import.meta.url).pathname;
const MAX_INITIAL_BYTES = 120_000;

let lab: ProvisionedSystem;
let browser: PageBrowser;

beforeAll(async () => {
  lab = await startProvisioned('filesystem', []);
  browser = await PageBrowser.start(lab.system);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await lab?.system.stop();
});

describe('an open page', () => {
  it('says that it may be old while the server is away, and shows by itself what happened since', async () => {
    const { page } = await browser.signedIn('sia@lab');
    await page.getByRole('heading', { name: 'No backups yet' }).waitFor();

    await lab.system.kill();
    await page.getByText('Live updates are interrupted.').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Request Backup', exact: true }).click();
    await page.getByRole('dialog').getByText('This did not work').waitFor({ timeout: 60_000 });
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await lab.system.restart();
    expect((await lab.admin.post('/api/v1/backups', {})).status).toBe(201);

    await page.getByRole('row').nth(1).getByText('Pending').waitFor({ timeout: 60_000 });
    await page.getByText('Live updates are interrupted.').waitFor({ state: 'detached', timeout: 60_000 });
  }, 400_000);
});

describe('the page', () => {
  it('begins with little JavaScript', () => {
    const html = readFileSync(join(DIST, 'index.html'), 'utf8');
    const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
    const bytes = scripts.map((path) => gzipSync(readFileSync(join(DIST, path))).length);
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MAX_INITIAL_BYTES);
  });

  it('is framed by nobody else, runs no inline script, and its files are kept for ever', async () => {
    const answer = await fetch(`${lab.system.gatewayUrl}/`);
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toContain("script-src 'self';");
    const [, asset = ''] = /src="(\/assets\/[^"]+)"/.exec(await answer.text()) ?? [];
    const file = await fetch(`${lab.system.gatewayUrl}${asset}`);
    expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  });
});
