// One tab of a Chromium, with everything that it logged or requested.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { eventually } from '../../support/eventually.js';
import type { Chromium } from './chromium.js';

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly javaScript?: boolean;
  readonly phone?: boolean;
  /** With print styles. */
  readonly print?: boolean;
}

/** In CSS pixels. */
interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Above what one colour takes as PNG. */
const BLANK_PICTURE_BYTES = 8_000;

interface Axe {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

export class BrowserPage {
  /** Console errors, uncaught exceptions, blocked resources. */
  readonly complaints: string[] = [];
  /** Every address that the page requested. */
  readonly requests: string[] = [];
  private loaded = 0;

  private constructor(
    private readonly browser: Chromium,
    private readonly session: string,
    private readonly target: string,
  ) {}

  static async open(browser: Chromium, options: PageOptions = {}): Promise<BrowserPage> {
    const { targetId } = (await browser.send('Target.createTarget', { url: 'about:blank' })) as { targetId: string };
    const attach = { targetId, flatten: true };
    const { sessionId } = (await browser.send('Target.attachToTarget', attach)) as { sessionId: string };
    const page = new BrowserPage(browser, sessionId, targetId);
    browser.listen(sessionId, (method, params) => page.note(method, params));
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await page.send(`${domain}.enable`);
    await page.prepare(options);
    return page;
  }

  async goto(url: string, deadlineMs = 60_000): Promise<void> {
    const before = this.loaded;
    await this.send('Page.navigate', { url });
    await eventually(() => expect(this.loaded).toBeGreaterThan(before), { deadlineMs, everyMs: 20 });
  }

  /** The value of an expression in the page; a promise is awaited. */
  async run<T>(expression: string): Promise<T> {
    const asked = { expression, awaitPromise: true, returnByValue: true };
    const answer = (await this.send('Runtime.evaluate', asked)) as {
      result: { value: T };
      exceptionDetails?: { exception?: { description?: string }; text: string };
    };
    const { exceptionDetails: fault } = answer;
    if (fault) throw new Error(fault.exception?.description ?? fault.text);
    return answer.result.value;
  }

  /** Types into the element, as a person does. */
  async type(selector: string, text: string): Promise<void> {
    await this.run(`document.querySelector(${JSON.stringify(selector)}).focus()`);
    await this.send('Input.insertText', { text });
  }

  /** The violations that axe-core finds, each with its first element. */
  async axe(): Promise<readonly string[]> {
    const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await this.run(`${source};0`);
    const { violations } = await this.run<Axe>('axe.run(document, { resultTypes: ["violations"] })');
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }

  async screenshot(file: string): Promise<void> {
    await writeFile(file, await this.picture());
  }

  /** Goes to an address, and returns once something is to be seen in this part of the window, loaded or not. */
  async gotoSight(url: string, part: Part, deadlineMs: number): Promise<void> {
    await this.send('Page.navigate', { url });
    const seen = async () => expect((await this.picture(part)).length).toBeGreaterThan(BLANK_PICTURE_BYTES);
    await eventually(seen, { deadlineMs, everyMs: 50 });
  }

  /** The page on A4, as PDF. */
  async print(): Promise<Buffer> {
    const paper = { paperWidth: 8.27, paperHeight: 11.69, printBackground: true, preferCSSPageSize: true };
    const { data } = (await this.send('Page.printToPDF', paper)) as { data: string };
    return Buffer.from(data, 'base64');
  }

  async close(): Promise<void> {
    await this.browser.send('Target.closeTarget', { targetId: this.target });
  }

  private async picture(part?: Part): Promise<Buffer> {
    const asked = { format: 'png', ...(part && { clip: { ...part, scale: 1 } }) };
    const { data } = (await this.send('Page.captureScreenshot', asked)) as { data: string };
    return Buffer.from(data, 'base64');
  }

  private send(method: string, params: Readonly<Record<string, unknown>> = {}) {
    return this.browser.send(method, params, this.session);
  }

  private async prepare(options: PageOptions): Promise<void> {
    const { width = 1280, height = 900, dark = false, javaScript = true, phone = false, print = false } = options;
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: phone });
    const features = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }];
    await this.send('Emulation.setEmulatedMedia', { features, media: print ? 'print' : '' });
    await this.send('Emulation.setScriptExecutionDisabled', { value: !javaScript });
  }

  private note(method: string, params: Readonly<Record<string, unknown>>): void {
    if (method === 'Page.loadEventFired') this.loaded += 1;
    if (method === 'Runtime.exceptionThrown') this.complaints.push(JSON.stringify(params['exceptionDetails']));
    if (method === 'Runtime.consoleAPICalled' && ['error', 'warning', 'assert'].includes(String(params['type']))) {
      this.complaints.push(JSON.stringify(params['args']));
    }
    if (method === 'Log.entryAdded') this.complaints.push(JSON.stringify(params['entry']));
    if (method === 'Network.requestWillBeSent') {
      const { url } = params['request'] as { url: string };
      if (url !== 'about:blank') this.requests.push(url);
    }
  }
}
