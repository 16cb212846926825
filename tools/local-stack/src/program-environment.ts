import { join } from 'node:path';
import { FORMER_KEYS, KEYS_FOLDER } from './kept-rings.js';
import type { StackSecrets } from './secrets.js';
import { isRing, secretNames, type SecretName, type SystemProgram } from './services.js';
import type { StackSettings } from './stack-settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the parts of this system are, credentials included. */
export interface PartUrls {
  readonly databaseUrl: string;
  readonly rabbitmqUrl: string;
  readonly objectStoreUrl: string;
}

export interface System {
  readonly settings: StackSettings;
  readonly secrets: StackSecrets;
  readonly urls: PartUrls;
  readonly storeId: string;
  /** Of the person who starts the system: tuning variables pass through. */
  readonly environment: Environment;
}

/** Where tokens come from. */
export function issuerUrl(settings: StackSettings): string {
  return settings.oidcIssuer ?? `http://localhost:${settings.issuerPort}`;
}

// The local issuer writes the usual claims and takes the secret, whatever the terminal says of another one.
const OF_ANOTHER_ISSUER = {
  OIDC_CLIENT_AUTH: '',
  OIDC_USER_CLAIM: '',
  OIDC_ACCOUNT_CLAIM: '',
  OIDC_SCOPE_CLAIM: '',
  OIDC_TOKEN_TYPES: '',
};

/** The environment of one program: what all may know, its own secrets, its own ports. */
export function programEnvironment(
  program: SystemProgram,
  healthPort: number,
  system: System,
): Readonly<Record<string, string>> {
  const { settings, urls } = system;
  const known = secretValues(system);
  const own = program.secrets.map((name) =>
    isRing(name) ? [`${name}_FILE`, join(settings.dataDir, KEYS_FOLDER, program.name, name)] : [name, known[name]],
  );
  return {
    ...inherited(system.environment),
    RABBITMQ_URL: urls.rabbitmqUrl,
    STORE_ID: system.storeId,
    OIDC_ISSUER: issuerUrl(settings),
    OIDC_AUDIENCE: settings.oidcAudience,
    OIDC_CLIENT_ID: clientId(system),
    ...(settings.oidcIssuer === undefined && OF_ANOTHER_ISSUER),
    PUBLIC_URL: settings.publicUrl,
    ...(Object.fromEntries(own) as Record<string, string>),
    HEALTH_HOST: '127.0.0.1',
    HEALTH_PORT: String(healthPort),
    ...(program.door && { PORT: String(settings[program.door]) }),
    ...(program.name === 'local-issuer' && { DATA_DIR: settings.dataDir }),
  };
}

function clientId({ environment, secrets }: System): string {
  return environment.OIDC_CLIENT_ID ?? secrets.oidcClientId;
}

function secretValues({ environment, secrets, urls }: System): Readonly<Partial<Record<SecretName, string>>> {
  return {
    DATABASE_URL: urls.databaseUrl,
    OBJECT_STORE_URL: urls.objectStoreUrl,
    DEMO_PASSWORD: secrets.demoPassword,
    OIDC_CLIENT_KEY: environment.OIDC_CLIENT_KEY ?? '',
    OIDC_CLIENT_SECRET: environment.OIDC_CLIENT_SECRET ?? secrets.oidcClientSecret,
  };
}

const OURS: ReadonlySet<string> = new Set([
  ...secretNames,
  ...secretNames.filter(isRing).map((name) => `${name}_FILE`),
  ...FORMER_KEYS,
  'DATA_DIR',
  'HEALTH_HOST',
  'HEALTH_PORT',
  'NODE_ENV',
  'PORT',
]);

/** The person's environment without npm's own variables and without anything that only some may know. */
function inherited(environment: Environment): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !OURS.has(entry[0]) && !entry[0].startsWith('npm_'),
  );
  return Object.fromEntries(kept);
}
