import { isIP } from 'node:net';
import { AppError } from '@account-backups/contracts';
import { levels, type Level } from './event-lines.js';

/** What the local issuer reads at start. */
export interface IssuerConfig {
  readonly port: number;
  /** The address of this machine where it listens, and that of its port for operations. */
  readonly host: string;
  readonly healthHost: string;
  readonly healthPort: number;
  /** Its own address, exactly as tokens name it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The gateway's address, without a slash at its end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly demoPassword: string;
  readonly rabbitmqUrl: string;
  readonly logLevel: Level;
}

const LOOPBACK = '127.0.0.1';
const ADDRESS_HERE = 'an address of this machine';

type Environment = Readonly<Record<string, string | undefined>>;
type Read<T> = (value: string) => T | undefined;

/** Throws `CONFIGURATION_INVALID` with every variable that is missing or wrong in one message, values left out. */
export function readConfig(environment: Environment): IssuerConfig {
  const faults: string[] = [];
  function setting<T>(name: string, read: Read<T>, expected: string, usual = ''): T {
    const value = environment[name] || usual;
    const found = value === '' ? undefined : read(value);
    if (found === undefined) faults.push(value === '' ? `${name} is not set` : `${name}: expected ${expected}`);
    return found as T;
  }
  const text = (name: string) => setting(name, (value) => value, 'text');
  const config: IssuerConfig = {
    port: setting('PORT', asPort, 'a port'),
    host: setting('LISTEN_HOST', asHost, ADDRESS_HERE, LOOPBACK),
    healthHost: setting('HEALTH_HOST', asHost, ADDRESS_HERE, LOOPBACK),
    healthPort: setting('HEALTH_PORT', asPort, 'a port', '9090'),
    issuer: setting('OIDC_ISSUER', asAddress, 'an http address'),
    clientId: text('OIDC_CLIENT_ID'),
    clientSecret: text('OIDC_CLIENT_SECRET'),
    publicUrl: setting('PUBLIC_URL', (value) => asAddress(value)?.replace(/\/$/, ''), 'an http address'),
    dataDir: text('DATA_DIR'),
    demoPassword: text('DEMO_PASSWORD'),
    rabbitmqUrl: text('RABBITMQ_URL'),
    logLevel: setting('LOG_LEVEL', (value) => levels.find((level) => level === value), levels.join(', '), 'info'),
  };
  if (environment['NODE_ENV'] === 'production') faults.push('NODE_ENV: it is for one machine, never for production');
  if (faults.length === 0) return config;
  throw new AppError('CONFIGURATION_INVALID', `the local issuer cannot start: ${faults.join('; ')}`);
}

function asPort(value: string): number | undefined {
  const port = Number(value);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined;
}

function asHost(value: string): string | undefined {
  return isIP(value) > 0 || value === 'localhost' ? value : undefined;
}

function asAddress(value: string): string | undefined {
  return URL.canParse(value) && /^https?:/.test(value) ? value : undefined;
}
