import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface ScanTick {
  readonly tickId: string;
  readonly scheduledAt: Date;
}

// longer than a publish may take; only a replica that dies meanwhile leaves a lease to run out
const LEASE_SECONDS = 30;

@Injectable()
export class TicksRepository {
  constructor(private readonly database: DataSource) {}

  /** The tick when this call is the one that claims it; null when it, or a later one, is claimed already. */
  async claimScan(scheduledAt: Date, now: Date): Promise<ScanTick | null> {
    const rows: ScanTick[] = await this.database.query(CLAIM_SCAN, [scheduledAt, randomUUID(), leaseFrom(now)]);
    return rows[0] ?? null;
  }

  /** The newest scan that nobody announced, when this call is the one that takes it. */
  async claimUnannounced(now: Date): Promise<ScanTick | null> {
    const [rows]: [ScanTick[], number] = await this.database.query(CLAIM_UNANNOUNCED, [now, leaseFrom(now)]);
    return rows[0] ?? null;
  }

  /** It went out, and with it the meaning of every earlier one that did not. */
  async markAnnounced({ scheduledAt }: ScanTick, now: Date): Promise<void> {
    await this.database.query(
      `UPDATE ticks SET announced_at = $2 WHERE kind = 'scan' AND scheduled_at <= $1 AND announced_at IS NULL`,
      [scheduledAt, now],
    );
  }

  /** It did not go out: any replica may try at once. */
  async release({ tickId }: ScanTick): Promise<void> {
    await this.database.query(
      `UPDATE ticks SET leased_until = NULL WHERE kind = 'scan' AND tick_id = $1 AND announced_at IS NULL`,
      [tickId],
    );
  }

  /** A scan that somebody asked for. It is not tried again: who asked is told when it does not go out. */
  async insertManual({ tickId, scheduledAt }: ScanTick): Promise<void> {
    await this.database.query(
      `INSERT INTO ticks (kind, scheduled_at, tick_id) VALUES ('manual', $1, $2)
       ON CONFLICT (kind, scheduled_at) DO NOTHING`,
      [scheduledAt, tickId],
    );
  }

  async markManualAnnounced({ tickId }: ScanTick, now: Date): Promise<void> {
    await this.database.query(`UPDATE ticks SET announced_at = $2 WHERE kind = 'manual' AND tick_id = $1`, [
      tickId,
      now,
    ]);
  }

  /** Whether this call is the one that makes the sweep. */
  async claimSweep(at: Date): Promise<boolean> {
    const rows: unknown[] = await this.database.query(CLAIM_SWEEP, [at]);
    return rows.length > 0;
  }

  /** Forgets old ticks, but never the last scan: without it an old one would look due again. */
  async deleteBefore(instant: Date): Promise<void> {
    await this.database.query(
      `DELETE FROM ticks WHERE scheduled_at < $1
         AND (kind = 'manual' OR scheduled_at < (SELECT max(scheduled_at) FROM ticks WHERE kind = 'scan'))`,
      [instant],
    );
  }
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_SECONDS * 1_000);
}

const CLAIM_SCAN = `
  INSERT INTO ticks (kind, scheduled_at, tick_id, leased_until)
  SELECT 'scan', $1::timestamptz, $2::uuid, $3::timestamptz
  WHERE NOT EXISTS (SELECT FROM ticks WHERE kind = 'scan' AND scheduled_at >= $1::timestamptz)
  ON CONFLICT (kind, scheduled_at) DO NOTHING
  RETURNING tick_id AS "tickId", scheduled_at AS "scheduledAt"`;

const CLAIM_UNANNOUNCED = `
  UPDATE ticks SET leased_until = $2
  WHERE kind = 'scan' AND announced_at IS NULL AND (leased_until IS NULL OR leased_until < $1)
    AND scheduled_at = (SELECT max(scheduled_at) FROM ticks WHERE kind = 'scan')
  RETURNING tick_id AS "tickId", scheduled_at AS "scheduledAt"`;

const CLAIM_SWEEP = `
  INSERT INTO sweeps AS known (kind, last_at) VALUES ('sweep', $1)
  ON CONFLICT (kind) DO UPDATE SET last_at = excluded.last_at WHERE known.last_at < excluded.last_at
  RETURNING kind`;
