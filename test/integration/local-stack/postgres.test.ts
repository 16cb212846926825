import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@account-backups/local-stack/ports.js';
import { startPostgres } from '@account-backups/local-stack/postgres.js';
import { Client } from 'pg';
import { partFolder, type PartFolder } from './part-folder.js';

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
  let folder: PartFolder;

  beforeEach(() => {
    folder = partFolder();
  });

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
    const server = await startPostgres({ ...folder.at('postgres'), port: await freePort() });
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
    const first = await startPostgres({ ...folder.at('postgres'), port: await freePort() });
    await first.stop();
    // of the same user, as only such a process stops Postgres
    const other = await startPostgres({ ...folder.at('other'), port: await freePort() });
    const stale = [other.pid, folder.at('postgres').dataDir, 0, 5432, '', '127.0.0.1', '1 1', 'ready'].join('\n');
    writeFileSync(join(folder.at('postgres').dataDir, 'postmaster.pid'), `${stale}\n`);
    const second = await startPostgres({ ...folder.at('postgres'), port: await freePort() });
    const rows = await ask(second.url, 'SELECT 1 AS alive');
    await Promise.all([second.stop(), other.stop()]);
    expect(rows).toEqual([{ alive: 1 }]);
  });

  it('takes over from a server that an earlier run left behind', async () => {
    const left = await startPostgres({ ...folder.at('postgres'), port: await freePort() });
    const next = await startPostgres({ ...folder.at('postgres'), port: await freePort() });
    await expect(left.exited).resolves.toBeDefined();
    await expect(ask(next.url, 'SELECT 1 AS alive')).resolves.toEqual([{ alive: 1 }]);
    await next.stop();
  });

  it('says where its last words are when it cannot start', async () => {
    const port = await freePort();
    const first = await startPostgres({ ...folder.at('first'), port });
    const second = startPostgres({ ...folder.at('second'), port });
    await expect(second).rejects.toThrow(/Postgres did not start in .*second; its last words are in .*second\.log/);
    await first.stop();
  });
});
