import { AsyncLocalStorage } from 'node:async_hooks';
import { Bus } from '@account-backups/messaging';
import { Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { BY_SYSTEM, type Happening } from './trail-record.js';
import { Trail } from './trail.js';

/** As the deadline of the message at hand is known. */
const caller = new AsyncLocalStorage<string>();

/** A table and an audit in memory; the audit may be away, or lose its answers. */
class Played {
  rows: { place: string; record: { recordId: string; subject: string } }[] = [];
  readonly told: string[] = [];
  readonly onBehalfOf: unknown[] = [];
  fault: 'away' | 'answer lost' | null = null;
  private places = 0;

  readonly database = Object.assign(Object.create(DataSource.prototype) as DataSource, {
    options: { schema: 'here' },
    transaction: async (work: (manager: EntityManager) => Promise<unknown>) => {
      const kept = this.rows;
      try {
        return await work({ query: (sql: string, values: unknown[]) => this.query(sql, values) } as never);
      } catch (error) {
        this.rows = kept;
        throw error;
      }
    },
    query: (sql: string, values: unknown[]) => this.query(sql, values),
  });

  readonly bus = Object.assign(Object.create(Bus.prototype) as Bus, {
    request: async (_name: string, { records }: { records: { subject: string }[] }) => {
      this.onBehalfOf.push(caller.getStore());
      if (this.fault === 'away') throw new Error('away');
      this.told.push(...records.map(({ subject }) => subject));
      if (this.fault === 'answer lost') throw new Error('answer lost');
      return {};
    },
  });

  readonly trail = new Trail(this.database, this.bus);

  private async query(sql: string, [value]: unknown[]): Promise<unknown> {
    if (sql.startsWith('INSERT')) {
      const records = JSON.parse(String(value)) as Played['rows'][number]['record'][];
      this.rows = [...this.rows, ...records.map((record) => ({ place: String((this.places += 1)), record }))];
      return [];
    }
    if (sql.startsWith('SELECT')) return this.rows.slice(0, value as number);
    const gone = value as string[];
    this.rows = this.rows.filter(({ place }) => !gone.includes(place));
    return [[], gone.length];
  }
}

const at = new Date('2026-03-01T12:00:00.000Z');
const happened = (subject: string): Happening => ({ chainId: 'a', at, action: 'key.added', by: BY_SYSTEM, subject });

Logger.overrideLogger(false);

let played: Played;

beforeEach(() => {
  played = new Played();
});

function change(...subjects: readonly string[]): Promise<void> {
  return played.trail.transaction(async (_manager, note) => subjects.forEach((subject) => note(happened(subject))));
}

describe('Trail', () => {
  it('tells what a transaction did, in order, and forgets it', async () => {
    await change('one', 'two');
    await played.trail.send();
    expect(played.told).toEqual(['one', 'two']);
    expect(played.rows).toEqual([]);
  });

  it('tells nothing of a transaction that failed', async () => {
    const failing = played.trail.transaction(async (_manager, note) => {
      note(happened('never'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await played.trail.send();
    expect(played.told).toEqual([]);
  });

  it('refuses a transaction that notes what no record may say', async () => {
    const failing = played.trail.transaction(async (_manager, note) => note({ ...happened('one'), action: 'x' }));
    await expect(failing).rejects.toMatchObject({ code: 'MESSAGE_INVALID' });
    expect(played.rows).toEqual([]);
  });

  it('keeps what the audit did not take, and tells it at a tick', async () => {
    played.fault = 'away';
    await change('one');
    await played.trail.send();
    await change('two');
    expect(played.rows).toHaveLength(2);
    played.fault = null;
    await played.trail.send();
    expect(played.told).toEqual(['one', 'two']);
    expect(played.rows).toEqual([]);
  });

  it('tells again, under the same id, what the audit may have', async () => {
    played.fault = 'answer lost';
    await change('one');
    await played.trail.send();
    const [before] = played.rows;
    played.fault = null;
    await played.trail.send();
    expect(before?.record.subject).toBe('one');
    expect(played.told.filter((subject) => subject !== 'one')).toEqual([]);
    expect(played.told.length).toBeGreaterThan(1);
    expect(played.rows).toEqual([]);
  });

  it('takes more than one message for many', async () => {
    const subjects = Array.from({ length: 250 }, (_, nth) => String(nth));
    await change(...subjects);
    await played.trail.send();
    expect(played.told).toEqual(subjects);
  });

  it('tells on behalf of nobody, whose deadline would end it', async () => {
    await caller.run('somebody', () => change('one'));
    await caller.run('somebody', () => played.trail.send());
    expect(played.onBehalfOf).toEqual([undefined]);
  });

  it('misses nothing that is written while it tells', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, nth) => change(String(nth))));
    await played.trail.send();
    expect(played.rows).toEqual([]);
    expect(played.told.toSorted()).toEqual(Array.from({ length: 50 }, (_, nth) => String(nth)).toSorted());
  });
});
