import type { Pool, PoolClient } from 'pg';

const READ_ONLY = '25006';

/**
 * After a failover, sessions may go on with a server that takes no writes any more, while its address leads to another.
 * The first write that is refused so ends all sessions of the pool, those at work once they are given back: new ones
 * follow the address.
 */
export function leaveReadOnlyServers(pool: Pool): void {
  const idle = new Set<PoolClient>();
  const busy = new Set<PoolClient>();
  const leaving = new WeakSet<PoolClient>();

  const leave = () => {
    for (const session of idle) session.connection.stream.destroy();
    for (const session of busy) leaving.add(session);
  };
  pool.on('acquire', (session) => {
    busy.add(session);
    if (idle.delete(session)) return;
    session.connection.on('errorMessage', ({ code }: { code?: string }) => {
      if (code === READ_ONLY) leave();
    });
  });
  pool.on('release', (_error, session) => {
    busy.delete(session);
    if (leaving.has(session)) void session.end();
    else idle.add(session);
  });
  pool.on('remove', (session) => {
    idle.delete(session);
  });
}
