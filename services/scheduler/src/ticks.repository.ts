import { randomUUID } from 'node:crypto';
import { changedRows } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThanOrEqual, type Repository } from 'typeorm';
import { SweepEntity } from './sweep.entity.js';
import { TickEntity } from './tick.entity.js';

export interface ScanTick {
  readonly tickId: string;
  readonly scheduledAt: Date;
}

// longer than a publish may take: only a replica that died lets its lease run out
const LEASE_SECONDS = 30;
const FUTURE_SECONDS = 300;

@Injectable()
export class TicksRepository {
  private readonly ticks: Repository<TickEntity>;
  private readonly sweeps: Repository<SweepEntity>;

  constructor(private readonly database: DataSource) {
    this.ticks = database.getRepository(TickEntity);
    this.sweeps = database.getRepository(SweepEntity);
  }

  /** The scan, if this call claims it; null when it or a later one is already claimed. */
  async claimScan(scheduledAt: Date, now: Date): Promise<ScanTick | null> {
    const values = [scheduledAt, randomUUID(), leaseFrom(now), futureFrom(now)];
    const [tick] = await this.database.query<ScanTick[]>(CLAIM_SCAN, values);
    return tick ?? null;
  }

  /** The newest scan, if nobody announced it and this call claims it. */
  async claimUnannounced(now: Date): Promise<ScanTick | null> {
    const [tick] = await changedRows<ScanTick>(this.database, CLAIM_UNANNOUNCED, [
      now,
      leaseFrom(now),
      futureFrom(now),
    ]);
    return tick ?? null;
  }

  /** The scan went out, and makes up for every earlier one that did not. */
  async markAnnounced({ scheduledAt }: ScanTick, now: Date): Promise<void> {
    const silent = { kind: 'scan', scheduledAt: LessThanOrEqual(scheduledAt), announcedAt: IsNull() } as const;
    await this.ticks.update(silent, { announcedAt: now });
  }

  /** The scan did not go out: any replica may try at once. */
  async release({ tickId }: ScanTick): Promise<void> {
    await this.ticks.update({ kind: 'scan', tickId, announcedAt: IsNull() }, { leaseUntil: null });
  }

  /** A scan that somebody asked for. It is never tried again: whoever asked is told when it does not go out. */
  async insertManual({ tickId, scheduledAt }: ScanTick): Promise<void> {
    const row = { kind: 'manual', tickId, scheduledAt } as const;
    // No column to update: nothing is done.
    await this.ticks.createQueryBuilder().insert().values(row).orUpdate([], ['kind', 'scheduled_at']).execute();
  }

  async markManualAnnounced({ tickId }: ScanTick, now: Date): Promise<void> {
    await this.ticks.update({ kind: 'manual', tickId }, { announcedAt: now });
  }

  /** Whether this call claims the sweep. */
  async claimSweep(at: Date, now: Date): Promise<boolean> {
    const claimed = await this.sweeps
      .createQueryBuilder('known')
      .insert()
      .values({ kind: 'sweep', lastAt: at })
      .orUpdate(['last_at'], ['kind'], {
        overwriteCondition: {
          where: 'known.last_at < excluded.last_at OR known.last_at >= :future',
          parameters: { future: futureFrom(now) },
        },
      })
      .returning('kind')
      .execute();
    return (claimed.raw as unknown[]).length > 0;
  }

  /** Forgets old ticks, but never the last scan: without it an old one would look due again. */
  async deleteBefore(instant: Date): Promise<void> {
    await this.database.query(
      `DELETE FROM scheduler.ticks WHERE scheduled_at < $1
         AND (kind = 'manual' OR scheduled_at < (SELECT max(scheduled_at) FROM scheduler.ticks WHERE kind = 'scan'))`,
      [instant],
    );
  }
}

// Clocks are set back by seconds; what lies further ahead was written by one that was wrong.
function futureFrom(now: Date): Date {
  return new Date(now.getTime() + FUTURE_SECONDS * 1_000);
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_SECONDS * 1_000);
}

// A tick from the future, from a clock that was wrong, holds up none of those before it.
const CLAIM_SCAN = `
  INSERT INTO scheduler.ticks (kind, scheduled_at, tick_id, leased_until)
  SELECT 'scan', $1::timestamptz, $2::uuid, $3::timestamptz
  WHERE NOT EXISTS (
    SELECT FROM scheduler.ticks
    WHERE kind = 'scan' AND scheduled_at >= $1::timestamptz AND scheduled_at < $4::timestamptz)
  ON CONFLICT (kind, scheduled_at) DO NOTHING
  RETURNING tick_id AS "tickId", scheduled_at AS "scheduledAt"`;

const CLAIM_UNANNOUNCED = `
  UPDATE scheduler.ticks SET leased_until = $2
  WHERE kind = 'scan' AND announced_at IS NULL AND (leased_until IS NULL OR leased_until < $1)
    AND scheduled_at = (SELECT max(scheduled_at) FROM scheduler.ticks WHERE kind = 'scan' AND scheduled_at < $3)
  RETURNING tick_id AS "tickId", scheduled_at AS "scheduledAt"`;
