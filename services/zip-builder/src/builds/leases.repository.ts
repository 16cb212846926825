import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A claim as it was seen. */
interface HeldLease {
  readonly buildId: string;
  /** The segment's; null when the build itself is planned or closed. */
  readonly number: number | null;
  readonly fence: number;
  /** As the database writes it, to the microsecond. */
  readonly until: string;
}

interface FreedBuild {
  readonly accountId: string;
  readonly backupId: string;
}

/** Far more than there are builders. */
const MOST = 1_000;

/** The leases of builds and of segments alike. */
@Injectable()
export class LeasesRepository {
  constructor(private readonly database: DataSource) {}

  /** Those that last at `now`. */
  held(now: Date): Promise<HeldLease[]> {
    return this.database.query(
      `SELECT build_id AS "buildId", NULL AS "number", fence, lease_until::text AS "until" FROM zip_builder.builds
       WHERE status IN ('planning', 'building') AND lease_until >= $1
       UNION ALL
       SELECT build_id, number, fence, lease_until::text FROM zip_builder.segments
       WHERE status = 'building' AND lease_until >= $1
       LIMIT ${MOST}`,
      [now],
    );
  }

  /** Ends, at `now`, those of `held` that are still as they were; gives the builds whose work can be claimed again. */
  async end(held: readonly HeldLease[], now: Date): Promise<FreedBuild[]> {
    const columns = [
      held.map(({ buildId }) => buildId),
      held.map(({ number }) => number),
      held.map(({ fence }) => fence),
      held.map(({ until }) => until),
    ];
    return this.database.query(
      `WITH held AS (
         SELECT * FROM unnest($2::uuid[], $3::int[], $4::int[], $5::timestamptz[]) AS h (build_id, number, fence, until)),
       ended_builds AS (
         UPDATE zip_builder.builds b SET lease_until = $1 FROM held h
         WHERE h.number IS NULL AND b.build_id = h.build_id AND b.fence = h.fence AND b.lease_until = h.until
         RETURNING b.build_id),
       ended_segments AS (
         UPDATE zip_builder.segments s SET lease_until = $1 FROM held h
         WHERE s.build_id = h.build_id AND s.number = h.number AND s.fence = h.fence AND s.lease_until = h.until
         RETURNING s.build_id)
       SELECT account_id AS "accountId", backup_id AS "backupId" FROM zip_builder.builds
       WHERE build_id IN (SELECT build_id FROM ended_builds UNION SELECT build_id FROM ended_segments)`,
      [now, ...columns],
    );
  }
}
