import { eventually } from '../../support/eventually.js';
import { SetClock } from '../../support/set-clock.js';
import { openReplicas, type Replicas } from './harness.js';

let opened: Replicas;
let clock: SetClock;

const five = () => opened.replicas;
const allBeat = () => Promise.allSettled(five().map((replica) => replica.beat()));

async function open(options: { BACKUP_WINDOW?: string; SCAN_CRON?: string; SWEEP_SECONDS?: number } = {}) {
  clock = new SetClock('1970-01-01T00:00:00.000Z');
  opened = await openReplicas({ count: 5, clock, ...options });
}

afterEach(() => opened.close());

describe('five replicas', () => {
  it('give one scan and one sweep to an instant', async () => {
    await open();
    clock.set('2026-01-01T00:15:00.000Z');
    await Promise.all([allBeat(), allBeat(), allBeat()]);
    expect(opened.scans()).toEqual(['2026-01-01T00:15:00.000Z']);
    expect(opened.sweeps()).toEqual(['2026-01-01T00:15:00.000Z']);
  });

  it('give every scan and sweep of an hour once', async () => {
    await open({ SWEEP_SECONDS: 600 });
    for (const minute of ['00', '10', '15', '20', '30', '40', '45', '50']) {
      clock.set(`2026-01-01T00:${minute}:00.000Z`);
      await allBeat();
    }
    const instants = (minutes: readonly string[]) => minutes.map((minute) => `2026-01-01T00:${minute}:00.000Z`);
    expect(opened.scans()).toEqual(instants(['00', '15', '30', '45']));
    expect(opened.sweeps()).toEqual(instants(['00', '10', '20', '30', '40', '50']));
  });

  it('catch up once after they were all down', async () => {
    await open();
    clock.set('2026-01-01T00:15:00.000Z');
    await allBeat();
    clock.set('2026-01-03T17:20:00.000Z');
    await allBeat();
    expect(opened.scans()).toEqual(['2026-01-01T00:15:00.000Z', '2026-01-03T17:15:00.000Z']);
  });

  it('scan in time after one was an hour ahead', async () => {
    await open();
    clock.set('2026-01-01T01:30:00.000Z');
    await allBeat();
    clock.set('2026-01-01T00:30:02.000Z');
    await allBeat();
    clock.set('2026-01-01T00:45:01.000Z');
    await allBeat();
    expect(opened.scans()).toEqual([
      '2026-01-01T01:30:00.000Z',
      '2026-01-01T00:30:00.000Z',
      '2026-01-01T00:45:00.000Z',
    ]);
    expect(opened.sweeps()).toHaveLength(3);
  });

  it('never go back to an earlier scan when a clock runs behind', async () => {
    await open();
    clock.set('2026-01-01T00:30:00.000Z');
    await allBeat();
    clock.set('2026-01-01T00:29:59.000Z');
    await allBeat();
    expect(opened.scans()).toEqual(['2026-01-01T00:30:00.000Z']);
    expect(opened.sweeps()).toEqual(['2026-01-01T00:30:00.000Z']);
  });
});

describe('while the broker is away', () => {
  it('keeps the scan and announces it once when the broker is back', async () => {
    await open();
    opened.bus.isAway = true;
    clock.set('2026-01-01T00:15:00.000Z');
    await allBeat();
    opened.bus.isAway = false;
    clock.set('2026-01-01T00:15:05.000Z');
    await Promise.all([allBeat(), allBeat()]);
    clock.set('2026-01-01T00:15:10.000Z');
    await allBeat();
    expect(opened.scans()).toEqual(['2026-01-01T00:15:00.000Z']);
  });

  it('makes one scan of all that did not go out', async () => {
    await open();
    opened.bus.isAway = true;
    for (const minute of ['00', '15', '30', '45']) {
      clock.set(`2026-01-01T00:${minute}:00.000Z`);
      await allBeat();
    }
    opened.bus.isAway = false;
    clock.set('2026-01-01T00:46:00.000Z');
    await allBeat();
    clock.set('2026-01-01T00:47:00.000Z');
    await allBeat();
    expect(opened.scans()).toEqual(['2026-01-01T00:45:00.000Z']);
  });

  it('tells who asks for a scan, and does not make it later', async () => {
    await open();
    clock.set('2026-01-01T00:07:00.000Z');
    await allBeat();
    opened.bus.isAway = true;
    await expect(five()[0]?.tickNow()).rejects.toThrow('the broker is away');
    opened.bus.isAway = false;
    await allBeat();
    expect(opened.scans()).toEqual(['2026-01-01T00:00:00.000Z']);
  });
});

it('announces a scan whose replica died before it could, when the lease has run out', async () => {
  await open();
  clock.set('2026-01-01T00:15:00.000Z');
  await opened.database.query(
    `INSERT INTO scheduler.ticks (kind, scheduled_at, tick_id, leased_until)
     VALUES ('scan', '2026-01-01T00:15:00Z', gen_random_uuid(), '2026-01-01T00:15:30Z')`,
  );
  await allBeat();
  expect(opened.scans()).toEqual([]);
  clock.set('2026-01-01T00:15:31.000Z');
  await allBeat();
  expect(opened.scans()).toEqual(['2026-01-01T00:15:00.000Z']);
});

describe('a window', () => {
  it('holds scans back outside, but not one that somebody asks for', async () => {
    await open({ BACKUP_WINDOW: '22:00-06:00 Europe/London' });
    clock.set('2026-01-01T12:00:00.000Z');
    await allBeat();
    expect(opened.scans()).toEqual([]);
    expect(opened.sweeps()).toHaveLength(1);
    await expect(five()[0]?.tickNow()).resolves.toMatchObject({ kind: 'scan', at: '2026-01-01T12:00:00.000Z' });
    expect(opened.scans()).toEqual(['2026-01-01T12:00:00.000Z']);
    await expect(five()[0]?.getNextScan()).resolves.toEqual({
      nextScanAt: '2026-01-01T22:00:00.000Z',
      now: '2026-01-01T12:00:00.000Z',
    });
  });

  it('lets scans happen inside', async () => {
    await open({ BACKUP_WINDOW: '22:00-06:00 Europe/London' });
    clock.set('2026-01-01T22:00:00.000Z');
    await allBeat();
    expect(opened.scans()).toEqual(['2026-01-01T22:00:00.000Z']);
  });
});

it('keeps a month of ticks, and the last scan for ever', async () => {
  await open({ SCAN_CRON: '0 0 1 1 *' });
  clock.set('2026-01-01T00:00:00.000Z');
  await allBeat();
  await five()[0]?.tickNow();
  clock.set('2027-01-01T00:00:00.000Z');
  await allBeat();
  const kept: unknown[] = await opened.database.query('SELECT scheduled_at FROM scheduler.ticks');
  expect(kept).toEqual([{ scheduled_at: new Date('2027-01-01T00:00:00.000Z') }]);
});

it('beats by itself, each second once over five replicas', async () => {
  const started = Date.now();
  opened = await openReplicas({
    count: 5,
    clock: { now: async () => new Date() },
    SCAN_CRON: '0 0 1 1 *',
    SWEEP_SECONDS: 1,
  });
  const { scans, sweeps, timers } = opened;
  timers.forEach((timer) => timer.onApplicationBootstrap());
  await eventually(() => expect(sweeps().length).toBeGreaterThan(2));
  const seconds = sweeps();
  expect(new Set(seconds).size).toBe(seconds.length);
  expect(seconds.length).toBeLessThanOrEqual((Date.now() - started) / 1_000 + 2);
  expect(scans()).toHaveLength(1);
});
