// The files and the environment of one private RabbitMQ node: own name, cookie, name server port, user and password.
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keptSecret } from '../system/kept-secret.js';
import { giveToPart, makePartFolder } from './part-identity.js';

interface NodePorts {
  /** AMQP. */
  readonly port: number;
  readonly nameServerPort: number;
  readonly distributionPort: number;
}

export interface RabbitmqNode {
  readonly dataDir: string;
  /** Unique on the machine and kept: RabbitMQ finds its data again by this name. */
  readonly name: string;
  readonly user: string;
  readonly password: string;
}

/** Reads the node's identity, or makes it on the first start. */
export function prepareNode(dataDir: string): RabbitmqNode {
  mkdirSync(dirname(dataDir), { recursive: true });
  makePartFolder(dataDir);
  const kept = (file: string, make?: () => string) => {
    const secret = keptSecret(join(dataDir, file), make);
    giveToPart(join(dataDir, file));
    return secret;
  };
  kept('.erlang.cookie');
  return {
    dataDir,
    name: kept('node-name', () => `backups-${randomBytes(6).toString('hex')}@localhost`),
    user: 'account-backups',
    password: kept('password'),
  };
}

/** Writes the configuration files that `nodeEnvironment` points to. */
export function configureNode(node: RabbitmqNode, port: number): void {
  const lines = [
    `listeners.tcp.default = 127.0.0.1:${port}`,
    `default_user = ${node.user}`,
    `default_pass = ${node.password}`,
    'log.file.rotation.size = 10485760',
    'log.file.rotation.count = 3',
    // the default of 512 MiB per file is meant for a server of its own
    'raft.wal_max_size_bytes = 67108864',
  ];
  writePartFile(join(node.dataDir, 'rabbitmq.conf'), `${lines.join('\n')}\n`);
  writePartFile(join(node.dataDir, 'enabled_plugins'), '[].\n');
  // stands in for /etc/rabbitmq/rabbitmq-env.conf, which is about the machine's own node
  writePartFile(join(node.dataDir, 'rabbitmq-env.conf'), '');
}

/** The environment of the node and of `rabbitmqctl` for it. */
export function nodeEnvironment(node: RabbitmqNode, ports: NodePorts): Readonly<Record<string, string>> {
  const at = (file: string) => join(node.dataDir, file);
  const loopback = '-kernel inet_dist_use_interface {127,0,0,1} +sbwt none';
  return {
    HOME: node.dataDir,
    LANG: 'C.UTF-8',
    ERL_EPMD_PORT: String(ports.nameServerPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_CRASH_DUMP_BYTES: '0',
    // replaces the start script by the Erlang machine itself, so that signals reach it
    RUNNING_UNDER_SYSTEMD: 'true',
    RABBITMQ_NODENAME: node.name,
    RABBITMQ_DIST_PORT: String(ports.distributionPort),
    RABBITMQ_CONFIG_FILE: at('rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: at('advanced.config'),
    RABBITMQ_CONF_ENV_FILE: at('rabbitmq-env.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: at('enabled_plugins'),
    RABBITMQ_MNESIA_BASE: at('mnesia'),
    RABBITMQ_LOG_BASE: at('log'),
    RABBITMQ_SCHEMA_DIR: at('schema'),
    RABBITMQ_GENERATED_CONFIG_DIR: at('config'),
    RABBITMQ_PID_FILE: at('pid'),
    // the unknown flag marks the process: an orphan is recognised by it
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `${loopback} -node_of ${node.name}`,
  };
}

function writePartFile(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  giveToPart(path);
}
