// How soon the page shows something on a processor four times slower, and what an event costs a table of 200 rows.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { rounded } from './harness/rounds.mjs';
import { inSystem } from './harness/running-system.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const root = resolve(import.meta.dirname, '..');
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const ROWS = 200;
const loadBefore = load();
await inSystem({}, async (system) => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    await measure(system, browser);
  } finally {
    await browser.close();
  }
});

async function measure(system, browser) {
  const token = await system.token('--account', 'northfield', '--user', 'ada');
  for (let row = 0; row < ROWS; row += 1) await cancel(system, token, await request(system, token));
  const page = await signedIn(system, browser);
  const paints = [];
  for (let round = 0; round <= rounds; round += 1) paints.push(await largestPaint(page));
  const { frames, slowest } = await framesAround(system, page, token);
  const bytes = initialBytes();
  const sorted = paints.slice(1).toSorted((one, other) => one - other);
  conclude({
    name: 'page',
    about: `the page on localhost: largest paint at a quarter of the speed, an event in a table of ${ROWS} rows`,
    loadBefore,
    rows: {
      'largest paint, ms': { median: sorted[sorted.length >> 1], least: sorted[0], greatest: sorted.at(-1) },
      'frames around an event, ms': { median: frames, greatest: slowest },
      'initial JavaScript, bytes gzipped': { median: bytes },
    },
    targets: [
      atMost('largest paint, ms', sorted[sorted.length >> 1], 1_500),
      atMost('slowest frame around an event, ms', slowest, 17),
      atMost('initial JavaScript, kB', bytes / 1_000, 120),
    ],
  });
}

async function request(system, token) {
  return (await system.call(token, 'POST', '/api/v1/backups', {})).backupId;
}

function cancel(system, token, backupId) {
  return system.call(token, 'POST', `/api/v1/backups/${backupId}/cancel`, {});
}

async function signedIn(system, browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(system.gateway);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('textbox').first().fill('ada@northfield');
  await page.locator('input[type=password]').fill(system.demoPassword());
  await page.getByRole('button').first().click();
  await page.getByRole('table').waitFor();
  return page;
}

async function largestPaint(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.reload();
  await page.getByRole('table').waitFor();
  const paint = await page.evaluate(
    `new Promise((done) => {
      let last = 0;
      new PerformanceObserver((list) => { for (const { startTime } of list.getEntries()) last = startTime; })
        .observe({ type: 'largest-contentful-paint', buffered: true });
      setTimeout(() => done(last), 1000);
    })`,
  );
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
  return rounded(paint);
}

/** Frames from shortly before one row changes until it has changed. */
async function framesAround(system, page, token) {
  const backupId = await request(system, token);
  const more = page.getByRole('button', { name: 'Show more' });
  while ((await page.getByRole('row').count()) <= ROWS) {
    const count = await page.getByRole('row').count();
    await more.click();
    await page.getByRole('row').nth(count).waitFor();
  }
  await page.locator('.status.pending').waitFor();
  await page.evaluate(`{
    globalThis.times = [];
    const step = (time) => { globalThis.times.push(time); requestAnimationFrame(step); };
    requestAnimationFrame(step);
  }`);
  await cancel(system, token, backupId);
  await page.locator('.status.pending').waitFor({ state: 'detached' });
  const times = await page.evaluate('globalThis.times');
  const gaps = times
    .slice(1)
    .map((time, index) => time - times[index])
    .toSorted((one, other) => one - other);
  return { frames: rounded(gaps[gaps.length >> 1]), slowest: rounded(gaps.at(-1)) };
}

function initialBytes() {
  const dist = join(root, 'services/gateway/web/dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const files = readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.js') && html.includes(file));
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, 'assets', file))).length, 0);
}
