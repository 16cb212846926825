import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cachedDebianPackages, unpackDebianPackages } from './debian-packages.js';
import { partMissing } from '../system/stack-error.js';

/** An installed broker: where its scripts lie, and the environment that finds Erlang and its libraries. */
interface RabbitmqServer {
  readonly binaries: string;
  /** Erlang's name server, without which no node starts. */
  readonly epmd: string;
  readonly env: Readonly<Record<string, string>>;
}

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Finds Debian's RabbitMQ server, or fetches its packages into the cache of the user: nothing is installed in the
 * system, so no right is needed and no system service starts. Throws `UNAVAILABLE` with what to do instead.
 */
export async function ensureRabbitmqServer(): Promise<RabbitmqServer> {
  const system = serverBelow('/');
  if (system) return system;
  const cached = cachedDebianPackages('rabbitmq-server');
  const root = cached ?? (await fetchServer());
  const server = serverBelow(root);
  if (server) return server;
  throw partMissing(`The RabbitMQ server fetched into ${root} is incomplete: remove that folder, or set RABBITMQ_URL.`);
}

async function fetchServer(): Promise<string> {
  console.log('fetching RabbitMQ …');
  try {
    return await unpackDebianPackages('rabbitmq-server');
  } catch (error) {
    const sentence = 'RabbitMQ is needed and could not be fetched: install rabbitmq-server, or set RABBITMQ_URL.';
    throw partMissing(sentence, error);
  }
}

function serverBelow(root: string): RabbitmqServer | undefined {
  const binaries = join(root, 'usr/lib/rabbitmq/bin');
  const erlang = join(root, 'usr/lib/erlang');
  if (!existsSync(join(binaries, 'rabbitmq-server')) || !existsSync(erlang)) return undefined;
  const runtime = readdirSync(erlang).find((entry) => entry.startsWith('erts-')) ?? 'erts';
  const runtimeBinaries = join(erlang, runtime, 'bin');
  const epmd = join(runtimeBinaries, 'epmd');
  if (root === '/') return { binaries, epmd, env: { PATH: SYSTEM_PATH } };
  const folders = triplets.flatMap((triplet) => [join(root, 'usr/lib', triplet), join(root, 'lib', triplet)]);
  const libraries = folders.filter((folder) => existsSync(folder));
  const env = {
    PATH: [relocatedErl(root, erlang, runtimeBinaries), SYSTEM_PATH].join(delimiter),
    LD_LIBRARY_PATH: libraries.join(delimiter),
  };
  return { binaries, epmd, env };
}

const triplets = ['x86_64-linux-gnu', 'aarch64-linux-gnu'];

/** Debian's `erl` knows only /usr/lib/erlang; this one stands in for it on the PATH. Returns its folder. */
function relocatedErl(root: string, erlang: string, runtimeBinaries: string): string {
  const folder = join(root, 'relocated');
  const file = join(folder, 'erl');
  if (existsSync(file)) return folder;
  const lines = ['#!/bin/sh', `export ROOTDIR='${erlang}' BINDIR='${runtimeBinaries}' EMU=beam PROGNAME=erl`];
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, [...lines, 'exec "$BINDIR/erlexec" "$@"', ''].join('\n'), { mode: 0o755 });
  renameSync(draft, file);
  return folder;
}
