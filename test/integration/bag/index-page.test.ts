// The pages of an archive, opened from disk in a real Chromium, as a person does who unpacked it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeBag } from './harness.js';
import { BrowserPage, type PageOptions } from './browser-page.js';
import { Chromium } from './chromium.js';
import { contentsOf, documentOf, scope } from './many-documents.js';

const documents = Array.from({ length: 240 }, (_, number) => documentOf(number));
const indexOf = (number: number) => documentOf(number).index;

let parent: string;
let data: string;
let browser: Chromium;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'index-page-'));
  const { folder } = await writeBag(parent, { documents, scope, contents: contentsOf(documents) });
  data = join(folder, 'data');
  browser = await Chromium.start();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await rm(parent, { recursive: true, force: true });
});

async function opened(file = 'index.html', options: PageOptions = {}): Promise<BrowserPage> {
  const page = await BrowserPage.open(browser, options);
  await page.goto(pathToFileURL(join(data, file)).href);
  return page;
}

const shownIndexes = (page: BrowserPage) =>
  page.run<string[]>(`[...document.querySelectorAll('#rows th')].map((th) => th.textContent)`);
const found = (page: BrowserPage) => page.run<string>(`document.getElementById('found').textContent`);
const choose = (page: BrowserPage, id: string, value: string) =>
  page.run(`{
    const select = document.getElementById(${JSON.stringify(id)});
    select.value = ${JSON.stringify(value)};
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }`);
const settled = (page: BrowserPage) =>
  page.run('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(0))))');

const looks: readonly [string, string, PageOptions][] = [
  ['the index', 'index.html', {}],
  ['the index in the dark', 'index.html', { dark: true }],
  ['the index on a phone', 'index.html', { phone: true, width: 390, height: 844 }],
  ['the index without JavaScript', 'index.html', { javaScript: false }],
  ['the data dictionary', 'metadata/data-dictionary.html', {}],
  [
    'the data dictionary in the dark on a phone',
    'metadata/data-dictionary.html',
    { dark: true, phone: true, width: 390 },
  ],
];

describe.each(looks)('%s', (_name, file, options) => {
  let page: BrowserPage;
  beforeAll(async () => {
    page = await opened(file, options);
  });
  afterAll(() => page.close());

  it('complains of nothing and asks for nothing but itself', () => {
    expect(page.complaints).toEqual([]);
    expect(page.requests).toEqual([pathToFileURL(join(data, file)).href]);
  });

  it('says at first sight that it is an uncontrolled copy, and as at when', async () => {
    const notice = `(() => { const { top, bottom } = document.querySelector('.notice').getBoundingClientRect();
      return [document.querySelector('.notice').textContent, top >= 0 && bottom < innerHeight / 3]; })()`;
    expect(await page.run(notice)).toEqual([
      expect.stringMatching(/^UNCONTROLLED COPY as at 2025-11-23 16:04 \+00:00 \(Europe\/London\)/),
      true,
    ]);
  });

  it('is no wider than the window', async () => {
    expect(await page.run('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});

// axe-core itself is JavaScript.
describe.each(looks.filter(([, , { javaScript }]) => javaScript !== false))('%s', (_name, file, options) => {
  it('is accessible, as far as axe-core can tell', async () => {
    const page = await opened(file, options);
    expect(await page.axe()).toEqual([]);
    await page.close();
  });
});

describe('the index without JavaScript', () => {
  it('shows every document', async () => {
    const page = await opened('index.html', { javaScript: false });
    expect(await shownIndexes(page)).toEqual(documents.map(({ index }) => index));
    const hidden = `[...document.querySelectorAll('#rows tr')].filter((row) => row.offsetHeight === 0).length`;
    expect(await page.run(hidden)).toBe(0);
    expect(await page.run(`document.getElementById('finder').offsetHeight`)).toBe(0);
    await page.close();
  });
});

describe('the index on a phone', () => {
  it('gives each part of a document the width of the screen', async () => {
    const page = await opened('index.html', { phone: true, width: 390, height: 844 });
    const widths = `[...document.querySelectorAll('#rows tr:first-child > :not(:nth-child(3), :nth-child(4))')]
      .map((cell) => cell.offsetWidth)`;
    expect(Math.min(...(await page.run<number[]>(widths)))).toBeGreaterThan(300);
    await page.close();
  });
});

describe('finding a document', () => {
  let page: BrowserPage;
  beforeEach(async () => {
    page = await opened();
  });
  afterEach(() => page.close());

  it('begins with the first hundred of all', async () => {
    expect(await found(page)).toBe('240 documents');
    expect(await shownIndexes(page)).toEqual(documents.slice(0, 100).map(({ index }) => index));
  });

  it.each([
    ['its index', 'WI-124', [123]],
    ['its title, whatever the case and the accents', 'uberprufung KUHLKETTE (part 4)', [45, 165]],
    ['its title in Arabic', 'سياسة (part 9)', [103, 223]],
    ['its title in Japanese', '試料 (part 20)', [236]],
    ['its type and words apart', 'guideline balances gl-15', [14]],
  ])('works by %s', async (_by, words, numbers) => {
    await page.type('#words', words);
    await settled(page);
    expect(await shownIndexes(page)).toEqual(numbers.map(indexOf));
  });

  it.each([
    ['orgUnit', 'Southgate Clinic › Pharmacy', (number: number) => documentOf(number).orgUnitIds.includes('pharm')],
    ['type', 'Work instruction', (number: number) => number % 5 === 3],
    ['active', 'Inactive', (number: number) => number % 9 === 2],
    ['state', 'Draft', (number: number) => documentOf(number).versions.some(({ state }) => state === 'draft')],
  ])('works by the filter %s', async (id, value, matches) => {
    await choose(page, id, value);
    const numbers = documents.map((_, number) => number).filter(matches);
    expect(await found(page)).toBe(`${numbers.length} of 240 documents`);
    expect(await shownIndexes(page)).toEqual(numbers.slice(0, 100).map(indexOf));
  });

  it('goes on while one types, deletes, sorts and filters', async () => {
    await page.type('#words', 'training');
    await settled(page);
    await page.type('#words', ' gl-5');
    await settled(page);
    expect(await shownIndexes(page)).toEqual([4].map(indexOf));
    await page.run(`document.querySelector('thead th button').click()`);
    await choose(page, 'active', 'Inactive');
    expect(await shownIndexes(page)).toEqual([]);
    await choose(page, 'active', '');
    await page.run(`document.getElementById('words').select()`);
    await page.type('#words', 'wi-124');
    await settled(page);
    expect(await shownIndexes(page)).toEqual([123].map(indexOf));
  });

  it('goes back to all at once', async () => {
    await page.type('#words', 'nothing has this');
    await settled(page);
    expect(await found(page)).toBe('0 of 240 documents');
    await page.run(`document.querySelector('#finder [type=reset]').click()`);
    await settled(page);
    expect(await found(page)).toBe('240 documents');
  });

  it('sorts as people count, up and down', async () => {
    const click = `document.querySelector('thead th button').click()`;
    await page.run(click);
    const firstUp = (await shownIndexes(page)).slice(0, 3);
    await page.run(click);
    const firstDown = (await shownIndexes(page)).slice(0, 2);
    expect([firstUp, firstDown]).toEqual([
      ['FRM-3', 'FRM-8', 'FRM-13'],
      ['WI-239', 'WI-234'],
    ]);
    expect(await page.run(`document.querySelector('thead tr:last-child th').getAttribute('aria-sort')`)).toBe(
      'descending',
    );
  });

  it('shows more, and goes on from there with the keyboard', async () => {
    await page.run(`document.getElementById('more').click()`);
    expect(await shownIndexes(page)).toHaveLength(200);
    expect(await page.run(`document.activeElement.closest('tr')?.rowIndex >= 100`)).toBe(true);
  });
});

describe('links', () => {
  it('lead to the files, every one of them', async () => {
    const page = await opened('index.html', { javaScript: false });
    const links = await page.run<[string, string][]>(
      `[...document.querySelectorAll('#rows a[href]')].map((a) => [a.href, a.textContent])`,
    );
    const files = links.filter(([href]) => href.startsWith('file:'));
    const contents = await Promise.all(files.map(([href]) => readFile(fileURLToPath(href), 'utf8')));
    expect(contents.toSorted()).toEqual([...contentsOf(documents).values()].map(String).toSorted());
    expect(links.length - files.length).toBe(documents.filter((_, n) => n % 17 !== 3 && n % 13 === 5).length);
    await page.close();
  });

  it('open a file in the browser', async () => {
    const page = await opened();
    await page.type('#words', `"Checklist 🗒" ${indexOf(7)}`.replaceAll('"', ''));
    await settled(page);
    await page.goto(await page.run(`[...document.querySelectorAll('#rows a')].at(-1).href`));
    expect(await page.run('document.body.textContent')).toBe('content of af7\n');
    await page.close();
  });

  it('to the tables, the dictionary and the README lead somewhere', async () => {
    const page = await opened();
    const links = await page.run<string[]>(`[...document.querySelectorAll('footer a, .facts a')].map((a) => a.href)`);
    const texts = await Promise.all(links.map((href) => readFile(fileURLToPath(href), 'utf8')));
    expect(texts.length).toBeGreaterThan(8);
    await page.close();
  });
});

describe('on paper', () => {
  it('are all documents, and afterwards the screen is as before', async () => {
    const page = await opened();
    await page.run(
      `addEventListener('beforeprint', () => { window.printed = document.querySelectorAll('#rows tr').length })`,
    );
    const pdf = await page.print();
    expect(await page.run('window.printed')).toBe(240);
    expect((await shownIndexes(page)).length).toBe(100);
    expect(pdf.length).toBeGreaterThan(10_000);
    expect(page.complaints).toEqual([]);
    await page.close();
  });

  it('carries the notice on every page', async () => {
    const page = await opened('index.html', { print: true });
    const head = `getComputedStyle(document.querySelector('.every-page')).display + ' ' +
      getComputedStyle(document.querySelector('thead')).display`;
    expect(await page.run(head)).toBe('table-row table-header-group');
    expect(await page.run(`getComputedStyle(document.getElementById('finder')).display`)).toBe('none');
    await page.close();
  });
});
