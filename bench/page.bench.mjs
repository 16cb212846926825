// How soon the page shows something on a processor four times slower, and what an event costs a table of 200 rows.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { rounded } from './harness/rounds.mjs';
import { atMost, conclude, load } from './harness/verdict.mjs';

const root = resolve(import.meta.dirname, '..');
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const ROWS = 200;
const loadBefore = load();
const ports = { GATEWAY_PORT: '18380', SUBSCRIPTIONS_PORT: '18381', ISSUER_PORT: '18382' };
const gateway = `http://localhost:${ports.GATEWAY_PORT}`;
const dataDir = mkdtempSync(join(tmpdir(), 'page-bench-'));
const env = { ...process.env, ...ports, DATA_DIR: dataDir };
const system = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for await (const line of createInterface({ input: system.stdout })) if (line.startsWith('ready ')) break;
  system.stdout.resume();
  const token = (await command('token', '--account', 'northfield', '--user', 'ada')).trim();
  for (let row = 0; row < ROWS; row += 1) await cancel(token, await request(token));
  const page = await signedIn();
  const paints = [];
  for (let round = 0; round <= rounds; round += 1) paints.push(await largestPaint(page));
  const { frames, slowest } = await framesAround(page, token);
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
} finally {
  await browser.close();
  system.kill('SIGTERM');
  await once(system, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
}

async function command(...args) {
  const bin = join(root, 'tools/account-backups/bin/account-backups.mjs');
  return (await promisify(execFile)(process.execPath, [bin, ...args], { env })).stdout;
}

async function call(token, path, body) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${gateway}/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function request(token) {
  return (await call(token, 'backups', {})).backupId;
}

function cancel(token, backupId) {
  return call(token, `backups/${backupId}/cancel`, {});
}

async function signedIn() {
  const { demoPassword } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(gateway);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('textbox').first().fill('ada@northfield');
  await page.locator('input[type=password]').fill(demoPassword);
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
async function framesAround(page, token) {
  const backupId = await request(token);
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
  await cancel(token, backupId);
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
