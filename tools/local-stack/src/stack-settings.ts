import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { settingRefused } from './system/stack-error.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a person may set for `npm start`; everything else has its default. */
export interface StackSettings {
  /** Absolute. */
  readonly dataDir: string;
  readonly gatewayPort: number;
  readonly subscriptionsPort: number;
  readonly issuerPort: number;
  /** Unset: the embedded part. */
  readonly databaseUrl: string | undefined;
  readonly rabbitmqUrl: string | undefined;
  readonly objectStoreUrl: string;
  /** Unset: the local issuer. */
  readonly oidcIssuer: string | undefined;
  /** What access tokens must name as their audience. */
  readonly oidcAudience: string;
  readonly publicUrl: string;
  readonly loadsDemo: boolean;
}

const LOCAL_AUDIENCE = 'account-backups';

/** Reads the settings. Throws `CONFIGURATION_INVALID` with a sentence that names the variable. */
export function readStackSettings(environment: Environment, folder: string): StackSettings {
  const text = (name: string) => environment[name]?.trim() || undefined;
  const dataDir = resolve(folder, text('DATA_DIR') ?? '.data');
  const gatewayPort = portOf(environment, 'GATEWAY_PORT', 8080);
  const oidcIssuer = text('OIDC_ISSUER');
  return {
    dataDir,
    gatewayPort,
    subscriptionsPort: portOf(environment, 'SUBSCRIPTIONS_PORT', 8081),
    issuerPort: portOf(environment, 'ISSUER_PORT', 8082),
    databaseUrl: text('DATABASE_URL'),
    rabbitmqUrl: text('RABBITMQ_URL'),
    objectStoreUrl: text('OBJECT_STORE_URL') ?? pathToFileURL(join(dataDir, 'objects')).href,
    oidcIssuer,
    // Tokens that are signed with the local issuer's key name this one, whatever the terminal says.
    oidcAudience: (oidcIssuer && text('OIDC_AUDIENCE')) || LOCAL_AUDIENCE,
    publicUrl: text('PUBLIC_URL') ?? `http://localhost:${gatewayPort}`,
    loadsDemo: text('NO_DEMO') === undefined,
  };
}

function portOf(environment: Environment, name: string, usual: number): number {
  const value = environment[name]?.trim() || String(usual);
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw settingRefused(`${name} is ${value}; expected a port number from 1 to 65535.`);
}
