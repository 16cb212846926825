import { programEnvironment, type System } from './program-environment.js';
import { systemPrograms } from './services.js';
import { readStackSettings } from './stack-settings.js';

const secrets = {
  oidcClientId: 'gateway',
  oidcClientSecret: 'a client secret',
  demoPassword: 'a demo password',
};

function system(environment: Readonly<Record<string, string>> = {}): System {
  const urls = { databaseUrl: 'postgres://db', rabbitmqUrl: 'amqp://mq', objectStoreUrl: 's3://K:S@host/bucket' };
  return { settings: readStackSettings(environment, '/checkout'), secrets, urls, storeId: 'here', environment };
}

const programs = systemPrograms({ withIssuer: true });
const of = (name: string, environment?: Readonly<Record<string, string>>) => {
  const program = programs.find((candidate) => candidate.name === name);
  if (!program) throw new Error(`no program ${name}`);
  return programEnvironment(program, 9_000, system(environment));
};
const holding = (variable: string) =>
  programs.filter(({ name }) => of(name)[variable] !== undefined).map(({ name }) => name);

describe('the environment of a program', () => {
  it('opens passwords in the zip-builder alone; the gateway has a file of its own, of public halves', () => {
    expect(holding('SEAL_KEYS_FILE')).toEqual(['gateway', 'zip-builder']);
    expect(of('zip-builder')['SEAL_KEYS_FILE']).toBe('/checkout/.data/keys/zip-builder/SEAL_KEYS');
    expect(of('gateway')['SEAL_KEYS_FILE']).toBe('/checkout/.data/keys/gateway/SEAL_KEYS');
  });

  it.each([
    ['SESSION_KEYS_FILE', 'gateway'],
    ['RECEIPT_KEYS_FILE', 'gateway'],
    ['AUDIT_KEYS_FILE', 'download-audit'],
  ])('gives %s to %s alone', (variable, name) => {
    expect(holding(variable)).toEqual([name]);
  });

  it('gives the demo password to the issuer alone', () => {
    expect(holding('DEMO_PASSWORD')).toEqual(['local-issuer']);
  });

  it('keeps the database from the doors that own no rows', () => {
    expect(holding('DATABASE_URL')).not.toContain('gateway');
    expect(holding('DATABASE_URL')).not.toContain('local-issuer');
  });

  it('passes tuning on and keeps secrets of the terminal back', () => {
    const environment = { SEGMENT_MIB: '8', OIDC_CLIENT_SECRET: 'from the terminal', npm_config_x: 'y' };
    expect(of('zip-builder', environment)).toMatchObject({ SEGMENT_MIB: '8' });
    expect(of('zip-builder', environment)).not.toHaveProperty('OIDC_CLIENT_SECRET');
    expect(of('zip-builder', environment)).not.toHaveProperty('npm_config_x');
    expect(of('gateway', environment)).toMatchObject({ OIDC_CLIENT_SECRET: 'from the terminal' });
  });

  it('passes no key on that an earlier release took from the terminal', () => {
    const former = { SESSION_KEY: 'a', PASSWORD_SEAL_PRIVATE_KEY: 'b', RECEIPT_SIGNING_KEY: 'c', SESSION_KEYS: 'd' };
    expect(Object.keys(of('gateway', former)).filter((name) => Object.hasOwn(former, name))).toEqual([]);
  });

  it('takes the audience that an issuer of yours writes, and its own with the local issuer', () => {
    const audience = { OIDC_AUDIENCE: 'https://backups.qms.example' };
    const ofYours = { ...audience, OIDC_ISSUER: 'https://login.qms.example' };
    expect(of('gateway', ofYours)).toMatchObject(ofYours);
    expect(of('subscriptions', ofYours)).toMatchObject(ofYours);
    expect(of('gateway', { ...ofYours, OIDC_AUDIENCE: '' })).toMatchObject({ OIDC_AUDIENCE: 'account-backups' });
    expect(of('gateway', audience)).toMatchObject({ OIDC_AUDIENCE: 'account-backups' });
  });

  it('takes how an issuer of yours knows the gateway and names people, and not for the local one', () => {
    const named = { OIDC_CLIENT_AUTH: 'private_key_jwt', OIDC_CLIENT_KEY: 'a key', OIDC_ACCOUNT_CLAIM: 'org' };
    const issuer = { OIDC_ISSUER: 'https://login.qms.example' };
    expect(of('gateway', { ...named, ...issuer })).toMatchObject(named);
    expect(of('subscriptions', { ...named, ...issuer })).toMatchObject({ OIDC_ACCOUNT_CLAIM: 'org' });
    expect(of('subscriptions', { ...named, ...issuer })).not.toHaveProperty('OIDC_CLIENT_KEY');
    expect(of('gateway', named)).toMatchObject({ OIDC_CLIENT_AUTH: '', OIDC_ACCOUNT_CLAIM: '' });
  });

  it('gives each door its port', () => {
    expect(of('gateway')).toMatchObject({ PORT: '8080', HEALTH_PORT: '9000' });
    expect(of('subscriptions', { SUBSCRIPTIONS_PORT: '7001' })).toMatchObject({ PORT: '7001' });
    expect(of('documents', { PORT: '1' })).not.toHaveProperty('PORT');
  });
});
