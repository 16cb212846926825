// A real PgBouncer that lends a session out for one transaction, as the poolers of many hosted databases do.
import { startServerProgram } from './server-program.js';

export interface PgBouncer {
  /** Use it in place of the database's URL. */
  readonly url: string;
  stop(): Promise<void>;
}

/** In front of all databases of a server; whoever comes is let in. */
export async function startPgBouncer(databaseUrl: string): Promise<PgBouncer> {
  const { hostname, port, username, password } = new URL(databaseUrl);
  const server = await startServerProgram({
    name: 'pgbouncer',
    arguments: (file) => [file],
    configuration: (own) => `
[databases]
* = host=${hostname} port=${port} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
server_round_robin = 1
`,
  });
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(server.port);
  return { url: url.href, stop: server.stop };
}
