// A server that no longer takes writes, as the primary of before a failover, while its address leads to another.
import { execFileSync } from 'node:child_process';
import { isDatabaseAway, openDatabase } from '@account-backups/database';
import { startPostgres } from '@account-backups/local-stack/parts/postgres.js';
import type { RunningPart } from '@account-backups/local-stack/parts/running-part.js';
import type { DataSource } from 'typeorm';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { openWire, type Wire } from '../../support/wire.js';
import { partFolder, type PartFolder } from '../local-stack/harness.js';

const SESSIONS = 3;
const WRITE = 'INSERT INTO failover.kept VALUES (1)';

describe('a pool after a failover', () => {
  let folder: PartFolder;
  let former: RunningPart;
  let primary: RunningPart;
  let wire: Wire;
  let target: string;
  let pool: DataSource;
  let onlooker: DataSource;

  const opened = (url: string, poolSize: number) =>
    openDatabase({ url, schema: 'failover', entities: [], migrations: [], poolSize });
  const portOf = (url: string) => Number(new URL(url).port);

  beforeAll(async () => {
    folder = partFolder();
    const place = folder.at('primary');
    primary = await startPostgres({ ...place, port: await freePort() });
    const maker = await opened(primary.url, 1);
    await maker.query('CREATE SCHEMA failover');
    await maker.query('CREATE TABLE failover.kept (number int)');
    await maker.destroy();
    await primary.stop();
    for (const part of ['', '.password']) {
      execFileSync('cp', ['--archive', `${place.dataDir}${part}`, `${folder.at('former').dataDir}${part}`]);
    }
    primary = await startPostgres({ ...place, port: await freePort() });
    const settings = { default_transaction_read_only: 'on' };
    former = await startPostgres({ ...folder.at('former'), port: await freePort(), settings });
  });

  beforeEach(async () => {
    target = former.url;
    wire = await openWire(() => [portOf(target)]);
    const url = new URL(former.url);
    url.port = String(wire.port);
    pool = await opened(url.href, SESSIONS);
    onlooker = await opened(former.url, 1);
    await Promise.all(Array.from({ length: SESSIONS }, () => pool.query('SELECT pg_sleep(0.2)')));
    target = primary.url;
  });

  afterEach(async () => {
    await Promise.all([pool.destroy(), onlooker.destroy()]);
    wire.close();
  });

  afterAll(async () => {
    await Promise.all([former.stop(), primary.stop()]);
    folder.remove();
  });

  const sessionsLeft = async () => {
    const rows: unknown[] = await onlooker.query(
      `SELECT FROM pg_stat_activity
       WHERE application_name = 'account-backups failover' AND pid <> pg_backend_pid()`,
    );
    return rows.length;
  };

  it('finds the server that takes writes, though its sessions with the other one live', async () => {
    const refused: unknown = await pool.query(WRITE).catch((error: unknown) => error);
    expect(isDatabaseAway(refused)).toBe(true);
    await eventually(() => pool.query(WRITE));
    expect(await sessionsLeft()).toBe(0);
  });

  it('lets a session that is at work end its transaction first', async () => {
    await pool.transaction(async (manager) => {
      await manager.query('SELECT FROM failover.kept');
      await expect(pool.query(WRITE)).rejects.toThrow('read-only transaction');
      await eventually(async () => expect(await sessionsLeft()).toBe(1));
      await manager.query('SELECT FROM failover.kept');
    });
    await eventually(async () => expect(await sessionsLeft()).toBe(0));
  });
});
