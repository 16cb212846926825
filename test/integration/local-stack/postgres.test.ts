import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@account-backups/local-stack/system/ports.js';
import { startPostgres } from '@account-backups/local-stack/parts/postgres.js';
import { Client } from 'pg';
import { partFolder, type PartFolder } from './harness.js';

async function ask(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe('the embedded Postgres', () => {
  let made: PartFolder;
  let folder: PartFolder;

  beforeAll(async () => {
    made = partFolder();
    const server = await startPostgres({ ...made.at('postgres'), port: await freePort() });
    await server.stop();
  });

  afterAll(() => made.remove());

  beforeEach(() => {
    folder = partFolder();
  });

  /** Where a server was before, with its data: to make them anew takes longer than a test. */
  function usedPlace(name: string) {
    const place = folder.at(name);
    for (const part of ['', '.password']) {
      execFileSync('cp', ['--archive', `${made.at('postgres').dataDir}${part}`, `${place.dataDir}${part}`]);
    }
    return place;
  }

  afterEach(() => folder.remove());

  it('finds its data again on another port', async () => {
    const first = await startPostgres({ ...folder.at('postgres'), port: await freePort() });
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await startPostgres({ ...folder.at('postgres'), port: await freePort() });
    const rows = await ask(second.url, 'SELECT answer FROM kept');
    await second.stop();
    expect(rows).toEqual([{ answer: 42 }]);
  });

  it('lets nobody in without the password', async () => {
    const server = await startPostgres({ ...usedPlace('postgres'), port: await freePort() });
    const url = new URL(server.url);
    url.password = 'guessed';
    const refused = await ask(url.href, 'SELECT 1').catch((error: Error) => error.message);
    await server.stop();
    expect(refused).toContain('password authentication failed');
  });

  it('starts below a folder that only its owner may enter', async () => {
    const closed = partFolder(0o700);
    const server = await startPostgres({ ...closed.at('deep/postgres'), port: await freePort() });
    const rows = await ask(server.url, 'SELECT 1 AS alive');
    await server.stop();
    closed.remove();
    expect(rows).toEqual([{ alive: 1 }]);
  });

  it('starts after a crash although the recorded pid now belongs to another program', async () => {
    const place = usedPlace('postgres');
    // of the same user, as only such a process stops Postgres
    const other = await startPostgres({ ...usedPlace('other'), port: await freePort() });
    const stale = [other.pid, place.dataDir, 0, 5432, '', '127.0.0.1', '1 1', 'ready'].join('\n');
    writeFileSync(join(place.dataDir, 'postmaster.pid'), `${stale}\n`);
    const second = await startPostgres({ ...place, port: await freePort() });
    const rows = await ask(second.url, 'SELECT 1 AS alive');
    await Promise.all([second.stop(), other.stop()]);
    expect(rows).toEqual([{ alive: 1 }]);
  });

  it('takes over from a server that an earlier run left behind', async () => {
    const left = await startPostgres({ ...usedPlace('postgres'), port: await freePort() });
    const next = await startPostgres({ ...folder.at('postgres'), port: await freePort() });
    await expect(left.exited).resolves.toBeDefined();
    await expect(ask(next.url, 'SELECT 1 AS alive')).resolves.toEqual([{ alive: 1 }]);
    await next.stop();
  });

  it('says where its last words are when it cannot start', async () => {
    const port = await freePort();
    const first = await startPostgres({ ...usedPlace('first'), port });
    const second = startPostgres({ ...usedPlace('second'), port });
    await expect(second).rejects.toThrow(/Postgres did not start in .*second; its last words are in .*second\.log/);
    await first.stop();
  });
});
