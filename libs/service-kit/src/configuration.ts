import { readFileSync } from 'node:fs';
import { AppError, type InputFault } from '@account-backups/contracts';
import { z } from 'zod';
import { formerKey } from './former-settings.js';
import { plainConnections, productionFaults } from './production.js';

/** An address of this machine; 0.0.0.0 is all of them. */
const listenHost = z.union([z.ipv4(), z.ipv6(), z.literal('localhost')]).default('127.0.0.1');
const port = z.coerce.number().int().min(0).max(65_535);

/** What every service reads. */
export const serviceSettings = {
  RABBITMQ_URL: z.url({ protocol: /^amqps?$/ }),
  HEALTH_PORT: port.default(9090),
  HEALTH_HOST: listenHost,
  /** `production` refuses what only a development system may have. */
  NODE_ENV: z.string().optional(),
  /** Refuses a database, broker or store that would be reached in the clear. */
  REQUIRE_TLS: z.enum(['true', 'false']).default('false'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
};

/** What a service with a schema reads. */
export const databaseSettings = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(5),
};

/** What a service that stores objects reads. */
export const objectStoreSettings = {
  OBJECT_STORE_URL: z.string().min(1),
  /** The identity that the store must have; unset: that of the first store that the process sees. */
  STORE_ID: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .optional(),
};

/** What a service with an HTTP API for callers reads. */
export const httpSettings = {
  PORT: port,
  LISTEN_HOST: listenHost,
  /** Proxies in front that name the caller's address in X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }),
  OIDC_AUDIENCE: z.string().min(1).default('account-backups'),
  OIDC_USER_CLAIM: z.string().default('sub'),
  OIDC_ACCOUNT_CLAIM: z.string().default('account_id'),
  /** Unset: `scope`, else `scp`. */
  OIDC_SCOPE_CLAIM: z.string().optional(),
  /** Of access tokens, as their `typ` names them, parted by commas. */
  OIDC_TOKEN_TYPES: z
    .string()
    .default('at+jwt')
    .transform((list) => list.split(',').map((type) => type.trim()))
    .refine((types) => types.every((type) => /^[\w.+/-]+$/.test(type)), 'expected media types parted by commas'),
};

const limit = (preset: number) => z.coerce.number().int().min(1).default(preset);

/** How much a caller of an HTTP API may ask; each replica counts for itself. */
export const limitSettings = {
  /** Calls of one person, or of one address that does not identify itself; a program may make ten times as many. */
  RATE_LIMIT_PER_MINUTE: limit(30_000),
  CALLS_AT_ONCE_PER_PERSON: limit(50),
  /** Of all people of an account together; of each program too. */
  CALLS_AT_ONCE_PER_ACCOUNT: limit(500),
};

export type BaseConfiguration = z.output<z.ZodObject<typeof serviceSettings>>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment once and checks it. An empty variable counts as unset; a setting may lie in a file that
 * `<NAME>_FILE` names, as secrets are mounted. Throws `CONFIGURATION_INVALID` with every fault in one message; values
 * are not repeated, because some are secrets. With `NODE_ENV=production` what only a development system may have is a
 * fault too.
 */
export function readConfiguration<S extends z.ZodRawShape>(
  shape: S,
  environment: Environment = process.env,
): z.output<z.ZodObject<S>> {
  const { settings, faults } = settingsOf(Object.keys(shape), environment);
  const result = z.object(shape).safeParse(settings);
  const issues = result.success ? [] : result.error.issues;
  const unread = new Set(faults.map(({ path }) => path));
  const errors: InputFault[] = [
    ...faults,
    ...issues
      .map((issue) => ({
        path: issue.path.join('.'),
        message: Object.hasOwn(settings, String(issue.path[0])) ? issue.message : 'is not set',
      }))
      .filter(({ path }) => !unread.has(path)),
    ...(settings['NODE_ENV'] === 'production' ? productionFaults(settings) : []),
    ...(settings['REQUIRE_TLS'] === 'true' ? plainConnections(settings) : []),
  ];
  if (result.success && errors.length === 0) return result.data;
  const list = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new AppError('CONFIGURATION_INVALID', `the environment is not complete: ${list}`, { errors });
}

interface Found {
  readonly settings: Readonly<Record<string, string>>;
  readonly faults: readonly InputFault[];
}

function settingsOf(names: readonly string[], environment: Environment): Found {
  const settings: Record<string, string> = {};
  const faults: InputFault[] = [];
  for (const name of names) {
    const [value, path] = [environment[name], environment[`${name}_FILE`]].map((text) => text || undefined);
    if (value !== undefined && path !== undefined) faults.push({ path: name, message: `${name}_FILE is set too` });
    const found = value ?? (path === undefined ? formerRing(name, environment) : contentOf(path));
    if (found !== undefined && found !== '') settings[name] = found;
    else if (path !== undefined) faults.push({ path: name, message: `the file of ${name}_FILE has nothing to read` });
  }
  return { settings, faults };
}

function formerRing(name: string, environment: Environment): string | undefined {
  return formerKey(name, (former) => {
    const path = environment[`${former}_FILE`];
    return environment[former] || (path && contentOf(path));
  });
}

/** Without the line end that editors add; undefined for a file that cannot be read. */
function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined; // Told as a fault of the setting.
  }
}
