// How fast the index is with 100,000 documents. The bounds are loose, for a busy machine.
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { DocumentPlanner, indexPage, OrgUnitFolders } from '@account-backups/bag';
import { pieces } from '../../../libs/bag/src/testing/bag-texts.js';
import { someFacts } from '../../../libs/bag/src/testing/facts.js';
import { BrowserPage } from './browser-page.js';
import { Chromium } from './chromium.js';
import { documentOf, scope } from './many-documents.js';

const DOCUMENTS = 100_000;
const facts = someFacts();
const ROWS = { x: 0, y: 450, width: 1_280, height: 400 };
let openedMs: number;

let folder: string;
let address: string;
let browser: Chromium;
let page: BrowserPage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'index-page-speed-'));
  const file = join(folder, 'index.html');
  await pipeline(
    Readable.from(pieces(indexPage(facts, new OrgUnitFolders(scope, facts.bagRoot)), records())),
    createWriteStream(file),
  );
  address = pathToFileURL(file).href;
  browser = await Chromium.start();
  page = await BrowserPage.open(browser);
  const began = performance.now();
  await page.goto(address, 120_000);
  openedMs = performance.now() - began;
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

function* records() {
  const planner = new DocumentPlanner({
    bagRoot: facts.bagRoot,
    folders: new OrgUnitFolders(scope, facts.bagRoot),
    expectedDocuments: DOCUMENTS,
  });
  const contentOf = (fileId: string) => ({
    fileId,
    objectKey: `files/${fileId}`,
    sizeBytes: 1_000,
    sha256: 'ab'.repeat(32),
    crc32: 1,
  });
  for (let number = 0; number < DOCUMENTS; number += 1) {
    const document = documentOf(number);
    yield planner.plan({ document, versions: document.versions, contentOf });
  }
}

/** How long the page is busy until it has painted. */
function timed(action: string): Promise<number> {
  return page.run<number>(`new Promise((resolve) => {
    const began = performance.now();
    ${action};
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
  })`);
}

const typing = (words: string) => `{
  const input = document.getElementById('words');
  input.value = ${JSON.stringify(words)};
  input.dispatchEvent(new Event('input', { bubbles: true }));
}`;
const found = () => page.run<string>(`document.getElementById('found').textContent`);

describe('the index of a hundred thousand documents', () => {
  it('opens', async () => {
    expect(await found()).toMatch(/^100.000 documents$/);
    expect(openedMs).toBeLessThan(90_000);
  });

  it('is searched by whoever types before all texts are taken', async () => {
    expect(await timed(typing('GL-99990'))).toBeLessThan(20_000);
    expect(await found()).toMatch(/^1 of 100.000 documents$/);
    expect(await page.run(`document.getElementById('type').options.length`)).toBe(6);
  });

  it('is searched as one types', async () => {
    expect(await timed(typing('GL-99985'))).toBeLessThan(2_000);
    expect(await found()).toMatch(/^1 of 100.000 documents$/);
    await timed(typing('training'));
    expect(await timed(typing('training of'))).toBeLessThan(1_000);
    await timed(typing(''));
  });

  it('is filtered at once', async () => {
    const filter = `{ const type = document.getElementById('type'); type.value = 'Policy';
      type.dispatchEvent(new Event('change', { bubbles: true })); }`;
    expect(await timed(filter)).toBeLessThan(2_000);
    expect(await found()).toMatch(/^20.000 of 100.000 documents$/);
    await timed(`document.querySelector('#finder [type=reset]').click()`);
  });

  it('is sorted by any column', async () => {
    expect(await timed(`document.querySelectorAll('thead th button')[1].click()`)).toBeLessThan(10_000);
    expect(await page.run(`document.querySelectorAll('#rows tr').length`)).toBe(100);
  });

  it('shows its first documents soon without JavaScript', async () => {
    const plain = await BrowserPage.open(browser, { javaScript: false });
    const began = performance.now();
    await plain.gotoSight(address, ROWS, 100_000);
    expect(performance.now() - began).toBeLessThan(10_000);
    await plain.close();
  });

  it('complains of nothing', () => {
    expect(page.complaints).toEqual([]);
  });
});
