import { join } from 'node:path';
import { launch, type Launched } from './launch.js';
import { firstAnswer, freePort } from '../system/ports.js';
import { endProcess, findByArgument } from '../system/process-table.js';
import { configureNode, nodeEnvironment, prepareNode, type RabbitmqNode } from './rabbitmq-node.js';
import { ensureRabbitmqServer } from './rabbitmq-server.js';
import type { RunningPart } from './running-part.js';
import { partMissing } from '../system/stack-error.js';
import { waitFor } from '../system/wait-for.js';

const READY_DEADLINE_MS = 90_000;
const NAME_SERVER_DEADLINE_MS = 10_000;
const ORDERLY = { signal: 'SIGTERM', graceMs: 20_000 } as const;

interface RabbitmqOptions {
  /** Absolute; made when missing. Queues, user and password are found again there, whatever the port. */
  readonly dataDir: string;
  readonly port: number;
  readonly logFile: string;
  /** Of a name server that runs already, so that nodes find each other; unset: the node has one of its own. */
  readonly nameServerPort?: number;
}

export interface RunningRabbitmq extends RunningPart {
  /**
   * What `rabbitmqctl` needs in its environment to reach this node; it holds no secret except the path of the cookie.
   */
  readonly controlEnvironment: Readonly<Record<string, string>>;
  /** The path of `rabbitmqctl`. */
  readonly control: string;
  /** Ends it at once; for data that nobody will read again. */
  kill(): Promise<void>;
}

/**
 * Starts a private RabbitMQ node on 127.0.0.1 and waits until it takes connections; several may run side by side.
 * A node that an earlier run left on the same folder is ended first. It stops when this process dies.
 * Throws `UNAVAILABLE`.
 */
export async function startRabbitmq(options: RabbitmqOptions): Promise<RunningRabbitmq> {
  const server = await ensureRabbitmqServer();
  const node = prepareNode(options.dataDir);
  await endOrphans(node);
  configureNode(node, options.port);
  const nameServer = options.nameServerPort === undefined ? await startNameServer(options.logFile) : undefined;
  const nameServerPort = options.nameServerPort ?? nameServer?.port ?? 0;
  const ports = { port: options.port, nameServerPort, distributionPort: await freePort() };
  const env = { ...server.env, ...nodeEnvironment(node, ports) };
  const broker = await launch({
    command: join(server.binaries, 'rabbitmq-server'),
    args: [],
    env,
    deathSignal: 'TERM',
    logFile: options.logFile,
    paths: [server.binaries, options.dataDir],
  });
  const end = async (grace: Parameters<typeof endProcess>[1]) => {
    await endProcess(broker.pid, grace);
    await nameServer?.stop();
  };
  await untilReady(broker, options, () => end(ORDERLY));
  return {
    url: `amqp://${node.user}:${node.password}@127.0.0.1:${options.port}`,
    pid: broker.pid,
    exited: broker.exited,
    control: join(server.binaries, 'rabbitmqctl'),
    controlEnvironment: env,
    stop: () => end(ORDERLY),
    kill: () => end({ signal: 'SIGKILL', graceMs: 5_000 }),
  };
}

/** Starts Erlang's name server, which would else start itself as a daemon and stay for ever. */
export async function startNameServer(logFile: string): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const { epmd, env } = await ensureRabbitmqServer();
  const port = await freePort();
  const { pid } = await launch({
    command: epmd,
    args: ['-port', String(port), '-address', '127.0.0.1'],
    env,
    deathSignal: 'KILL',
    logFile,
    paths: [epmd],
  });
  const stop = () => endProcess(pid, { signal: 'SIGKILL', graceMs: 1_000 });
  // A request for all names; any answer will do.
  const answers = async () => (await firstAnswer(port, '\0\x01n')) !== undefined;
  if (await waitFor(answers, { deadlineMs: NAME_SERVER_DEADLINE_MS, everyMs: 20 })) return { port, stop };
  await stop();
  throw partMissing(`Erlang's name server did not start on port ${port}; see ${logFile}.`);
}

async function endOrphans(node: RabbitmqNode): Promise<void> {
  await Promise.all(findByArgument('beam.smp', node.name).map((pid) => endProcess(pid, ORDERLY)));
}

async function untilReady(broker: Launched, options: RabbitmqOptions, giveUp: () => Promise<void>): Promise<void> {
  // The first frame of a broker that is open for clients is Connection.Start on channel 0.
  const ready = async () => (await firstAnswer(options.port, 'AMQP\0\0\x09\x01'))?.[0] === 1;
  const settled = async () => broker.hasExited() || (await ready());
  if ((await waitFor(settled, { deadlineMs: READY_DEADLINE_MS, everyMs: 100 })) && !broker.hasExited()) return;
  await giveUp();
  throw partMissing(`RabbitMQ did not start on port ${options.port}; its last words are in ${options.logFile}.`);
}
