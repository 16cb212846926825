import type { InputFault } from '@account-backups/contracts';

type Settings = Readonly<Record<string, string | undefined>>;

/** People and tokens travel there. */
const ADDRESSES = ['PUBLIC_URL', 'OIDC_ISSUER'] as const;
/** Their passwords are secrets. */
const CONNECTIONS = ['DATABASE_URL', 'RABBITMQ_URL', 'OBJECT_STORE_URL'] as const;
/** Key rings: base64 of random or DER bytes, each after its id. */
const RINGS = ['SEAL_KEYS', 'SESSION_KEYS', 'RECEIPT_KEYS', 'AUDIT_KEYS'] as const;
const SECRETS = ['OIDC_CLIENT_SECRET', 'OIDC_CLIENT_KEY'] as const;

const MIN_SECRET_LENGTH = 12;
const MIN_DIFFERENT = 6;
const MIN_DIFFERENT_BYTES = 16;
const USUAL =
  /^(guest|admin|administrator|root|user|test|demo|example|change[-_]?me|secret|password|minio|minioadmin|postgres|rabbitmq|account[-_]?backups)*\d*$/i;

/**
 * What a production system must not have, though it works elsewhere: plain http, and secrets that are weak, usual or
 * the same as another. Values are not repeated.
 */
export function productionFaults(settings: Settings): InputFault[] {
  const secrets = secretsOf(settings);
  return [
    ...ADDRESSES.filter((name) => /^http:/i.test(settings[name] ?? '')).map((path) => ({
      path,
      message: 'expected https in production',
    })),
    ...secrets.flatMap((secret) => {
      const message = faultOf(secret);
      return message === undefined ? [] : [{ path: secret.path, message }];
    }),
    ...secrets
      .filter(({ path, value }) => secrets.some((other) => other.path !== path && other.value === value))
      .map(({ path }) => ({ path, message: 'is the same as another secret' })),
  ];
}

const TLS: readonly { readonly name: string; readonly has: RegExp; readonly expected: string }[] = [
  { name: 'DATABASE_URL', has: /[?&]sslmode=verify-full(&|$)/, expected: 'sslmode=verify-full' },
  { name: 'RABBITMQ_URL', has: /^amqps:/i, expected: 'amqps' },
  { name: 'OBJECT_STORE_URL', has: /^(file:|s3:(?!.*[?&]tls=0(&|$)))/i, expected: 's3 without tls=0' },
];

/** Parts that would be reached in the clear. */
export function plainConnections(settings: Settings): InputFault[] {
  return TLS.flatMap(({ name, has, expected }) => {
    const url = settings[name];
    return url === undefined || has.test(url) ? [] : [{ path: name, message: `expected TLS: ${expected}` }];
  });
}

interface Secret {
  readonly path: string;
  readonly value: string;
  readonly isKey?: boolean;
}

function secretsOf(settings: Settings): readonly Secret[] {
  const keys = RINGS.flatMap((path) => keysIn(settings[path] ?? '').map((value) => ({ path, value, isKey: true })));
  const named = SECRETS.map((path) => ({ path, value: settings[path] ?? '' }));
  const passwords = CONNECTIONS.map((path) => ({ path, value: passwordIn(settings[path] ?? '') }));
  return [...keys, ...named, ...passwords].filter(({ value }) => value !== '');
}

/** Whether the ring is whole, it is asked elsewhere. */
function keysIn(ring: string): readonly string[] {
  return ring.split(',').map((entry) => entry.slice(entry.indexOf(':') + 1).trim());
}

/** That of a connection without one is the user's name, which nobody would take for a secret. */
function passwordIn(url: string): string {
  if (!URL.canParse(url)) return '';
  const { password, username } = new URL(url);
  return decodeURIComponent(password || username);
}

function faultOf({ value, isKey }: Secret): string | undefined {
  if (isKey) {
    return new Set(Buffer.from(value, 'base64')).size < MIN_DIFFERENT_BYTES ? 'is a weak key' : undefined;
  }
  if (USUAL.test(value)) return 'has a usual password';
  const isWeak = value.length < MIN_SECRET_LENGTH || new Set(value).size < MIN_DIFFERENT;
  return isWeak ? `has a weak password: expected ${MIN_SECRET_LENGTH} random characters or more` : undefined;
}
