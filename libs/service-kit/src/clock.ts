import { sharedTime } from '@account-backups/messaging';
import type { DataSource, EntityManager } from 'typeorm';

/** What a query can be asked of. */
type Querying = Pick<EntityManager, 'query'>;

/** Where services get the time of their decisions from, so that tests can set it. */
export abstract class Clock {
  /** `within`: the transaction at hand, whose connection is used then. */
  abstract now(within?: Querying): Promise<Date>;
}

/** The database's time: the same for every process, however wrong its machine's clock is. */
export class DatabaseClock extends Clock {
  constructor(private readonly database: DataSource) {
    super();
  }

  async now(within: Querying = this.database): Promise<Date> {
    const askedMs = performance.now();
    const [row] = await within.query<[{ now: Date }]>('SELECT clock_timestamp() AS now');
    sharedTime.learn(row.now.getTime(), askedMs);
    return row.now;
  }
}
