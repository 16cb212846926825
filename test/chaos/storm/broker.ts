// RabbitMQ for a storm: one node, or several in a cluster behind one address, as a load balancer gives.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startNameServer, startRabbitmq, type RunningRabbitmq } from '@account-backups/local-stack/parts/rabbitmq.js';
import { freePort } from '../../support/free-port.js';
import { inTurn, openWire } from '../../support/wire.js';
import { Part } from './part.js';

const run = promisify(execFile);

export interface StormBroker {
  readonly nodes: readonly [Part<RunningRabbitmq>, ...Part<RunningRabbitmq>[]];
  /** Of whichever node takes a connection; each connection begins at another one. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startBroker(folder: string, count: number): Promise<StormBroker> {
  const nameServer = await startNameServer(join(folder, 'name-server.log'));
  const nodes = await Promise.all(
    Array.from({ length: count }, (_, number) => startNode(folder, number + 1, nameServer.port)),
  );
  const [first, ...others] = nodes;
  if (!first) throw new Error('a broker has at least one node');
  for (const { running } of others) await joined(running, first.running);
  const ports = nodes.map(({ url }) => Number(new URL(url).port));
  const door = await openWire(inTurn(ports));
  const url = new URL(first.url);
  url.port = String(door.port);
  return {
    nodes: [first, ...others],
    url: url.href,
    stop: async () => {
      door.close();
      await Promise.allSettled(nodes.map((node) => node.stop()));
      await nameServer.stop();
    },
  };
}

async function startNode(folder: string, number: number, nameServerPort: number): Promise<Part<RunningRabbitmq>> {
  const name = `rabbitmq-${number}`;
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  // Nodes of one cluster share them; a node alone would make its own.
  writeFileSync(join(dataDir, '.erlang.cookie'), 'only-for-this-storm', { mode: 0o600 });
  writeFileSync(join(dataDir, 'password'), 'only-for-this-storm', { mode: 0o600 });
  const place = { dataDir, port: await freePort(), logFile: join(folder, `${name}.log`), nameServerPort };
  return Part.start(() => startRabbitmq(place));
}

async function joined(node: RunningRabbitmq, first: RunningRabbitmq): Promise<void> {
  const name = first.controlEnvironment['RABBITMQ_NODENAME'] ?? '';
  const env = { ...process.env, ...node.controlEnvironment };
  for (const command of [['stop_app'], ['reset'], ['join_cluster', name], ['start_app']]) {
    await run(node.control, command, { env });
  }
}
