import { AppError, type InputFault } from '@account-backups/contracts';
import { z } from 'zod';
import { productionFaults } from './production.js';

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

export type LimitSettings = z.output<z.ZodObject<typeof limitSettings>>;

export type BaseConfiguration = z.output<z.ZodObject<typeof serviceSettings>>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment once and checks it. An empty variable counts as unset. Throws `CONFIGURATION_INVALID`
 * with every fault in one message; values are not repeated, because some are secrets. With `NODE_ENV=production` what
 * only a development system may have is a fault too.
 */
export function readConfiguration<S extends z.ZodRawShape>(
  shape: S,
  environment: Environment = process.env,
): z.output<z.ZodObject<S>> {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = z.object(shape).safeParse(set);
  const read = Object.fromEntries(Object.entries(set).filter(([name]) => Object.hasOwn(shape, name)));
  const ofProduction = set['NODE_ENV'] === 'production' ? productionFaults(read) : [];
  if (result.success && ofProduction.length === 0) return result.data;
  const issues = result.success ? [] : result.error.issues;
  const errors: InputFault[] = issues.map((issue) => ({
    path: issue.path.join('.'),
    message: Object.hasOwn(set, String(issue.path[0])) ? issue.message : 'is not set',
  }));
  errors.push(...ofProduction);
  const list = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new AppError('CONFIGURATION_INVALID', `the environment is not complete: ${list}`, { errors });
}
