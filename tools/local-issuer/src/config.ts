import { AppError } from '@account-backups/contracts';

/** What the local issuer reads at start. */
export interface IssuerConfig {
  readonly port: number;
  readonly healthPort: number;
  /** Its own address, exactly as tokens name it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The gateway's address. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly demoPassword: string;
  readonly rabbitmqUrl: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `CONFIGURATION_INVALID` with every variable that is missing, in one message. */
export function readConfig(environment: Environment): IssuerConfig {
  const missing: string[] = [];
  const text = (name: string) => {
    const value = environment[name];
    if (!value) missing.push(name);
    return value ?? '';
  };
  const config = {
    port: Number(text('PORT')),
    healthPort: Number(environment['HEALTH_PORT'] || 9090),
    issuer: text('OIDC_ISSUER'),
    clientId: text('OIDC_CLIENT_ID'),
    clientSecret: text('OIDC_CLIENT_SECRET'),
    publicUrl: text('PUBLIC_URL').replace(/\/$/, ''),
    dataDir: text('DATA_DIR'),
    demoPassword: text('DEMO_PASSWORD'),
    rabbitmqUrl: text('RABBITMQ_URL'),
  };
  if (missing.length === 0) return config;
  throw new AppError('CONFIGURATION_INVALID', `the local issuer needs ${missing.join(', ')}; not set`);
}
