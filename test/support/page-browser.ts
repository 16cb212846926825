// The page in a real Chromium, by role and label as a person or a screen reader finds things.
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { TestSystem } from './running-system.js';

const SHOTS = resolve(import.meta.dirname, '../../.data/screenshots');
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const PHONE = { width: 360, height: 780 };
const DESK = { width: 1440, height: 900 };

export interface Visit {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors, calls that failed or were refused. */
  readonly complaints: string[];
}

interface Axe {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** A person's browser on one system. */
export class PageBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly system: TestSystem,
    private readonly password: string,
  ) {}

  static async start(system: TestSystem): Promise<PageBrowser> {
    const secrets = JSON.parse(await readFile(join(system.dataDir, 'secrets.json'), 'utf8')) as {
      demoPassword: string;
    };
    const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox'] });
    return new PageBrowser(browser, system, secrets.demoPassword);
  }

  /** The page without signing in. */
  async visit(path = '/', options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.browser.newContext({ viewport: DESK, locale: 'en-GB', ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => {
      const fault = request.failure()?.errorText;
      // Leaving a page aborts its open requests.
      if (request.method() !== 'GET' || fault !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${fault}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
    });
    await page.goto(new URL(path, this.system.gatewayUrl).href);
    return { page, complaints };
  }

  /** The page after signing in as `user@account`. */
  async signedIn(name: string, path = '/', options: BrowserContextOptions = {}): Promise<Visit> {
    const visit = await this.visit(path, options);
    const { page } = visit;
    await page.getByRole('link', { name: /^(Sign in|Anmelden)$/ }).click();
    await this.fillIn(page, name);
    await page.getByRole('button', { name: /^(Sign out|Abmelden)$/ }).waitFor();
    return visit;
  }

  /** Fills in the issuer's form and sends it. */
  async fillIn(page: Page, name: string): Promise<void> {
    await page.getByRole('textbox').first().fill(name);
    await page.locator('input[type=password]').fill(this.password);
    await page.getByRole('button').first().click();
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

const axeSource = () => readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The violations that axe-core finds, each with its first element. */
export async function axe(page: Page): Promise<readonly string[]> {
  // Elements have other colours while they animate in.
  await page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime))
    .map(({ finished }) => finished)).then(() => 0)`);
  if (await page.evaluate<boolean>('typeof axe === "undefined"')) await page.evaluate(`${await axeSource()};0`);
  const { violations } = await page.evaluate<Axe>('axe.run(document, { resultTypes: ["violations"] })');
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

/** Checks a state on desktop and phone, light and dark: screenshots, axe, no horizontal scrolling. */
export async function faultsOfLook(page: Page, name: string): Promise<readonly string[]> {
  mkdirSync(SHOTS, { recursive: true });
  const faults: string[] = [];
  for (const [where, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const fault of await axe(page)) faults.push(`${name}, ${where}, ${colorScheme}: ${fault}`);
      await page.screenshot({ path: join(SHOTS, `${name}-${where}-${colorScheme}.png`) });
    }
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > viewport.width) faults.push(`${name}, ${where}: ${width} pixels wide`);
    const table = await page.evaluate<number>('document.querySelector("table")?.getBoundingClientRect().right ?? 0');
    if (table > viewport.width) faults.push(`${name}, ${where}: the table ends at ${table}`);
  }
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}
