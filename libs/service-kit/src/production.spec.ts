import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readConfiguration } from './configuration.js';
import { plainConnections, productionFaults } from './production.js';

const key = () => randomBytes(32).toString('base64');
const good = {
  PUBLIC_URL: 'https://backups.example',
  OIDC_ISSUER: 'https://issuer.example',
  DATABASE_URL: 'postgres://documents:Vq3-tTz8_kLw0Rm2@db/account_backups',
  RABBITMQ_URL: 'amqps://documents:b7Yp-s0Xe_Qd41Jn@broker',
  OBJECT_STORE_URL: 's3://KEY:Hh28_sLpW-dz7Tq1@store/bucket',
  SESSION_KEYS: `b:${key()},a:${key()}`,
  OIDC_CLIENT_SECRET: 'cW7-0pTn_4LsZx9y',
};
const pathsOf = (settings: Readonly<Record<string, string>>) => productionFaults(settings).map(({ path }) => path);

describe('in production', () => {
  it('settings of random secrets and https are taken', () => {
    expect(productionFaults(good)).toEqual([]);
    expect(productionFaults({ ...good, OBJECT_STORE_URL: 'file:///data' })).toEqual([]);
  });

  it.each([
    ['PUBLIC_URL', 'http://backups.example'],
    ['PUBLIC_URL', 'http://localhost:8080'],
    ['OIDC_ISSUER', 'HTTP://issuer.example'],
    ['DATABASE_URL', 'postgres://postgres:postgres@db/x'],
    ['DATABASE_URL', 'postgres://documents@db/x'],
    ['DATABASE_URL', 'postgres://documents:account_backups@db/x'],
    ['RABBITMQ_URL', 'amqp://guest:guest@broker'],
    ['RABBITMQ_URL', 'amqp://documents:short@broker'],
    ['OBJECT_STORE_URL', 's3://minioadmin:minioadmin@store/bucket'],
    ['OBJECT_STORE_URL', 's3://KEY:aaaaaaaaaaaaaaaaaa@store/bucket'],
    ['OIDC_CLIENT_SECRET', 'secret'],
    ['SESSION_KEYS', `a:${Buffer.alloc(32).toString('base64')}`],
    ['AUDIT_KEYS', `b:${key()},\na:${Buffer.from('abcdabcdabcdabcdabcdabcdabcdabcd').toString('base64')}`],
    ['RECEIPT_KEYS', `a:${Buffer.alloc(48, 'ab').toString('base64')}`],
  ])('%s of %s is refused', (path, value) => {
    expect(pathsOf({ ...good, [path]: value })).toEqual([path]);
  });

  it('secrets that are the same are both named', () => {
    const same = 'postgres://documents:b7Yp-s0Xe_Qd41Jn@db/account_backups';
    expect(pathsOf({ ...good, DATABASE_URL: same })).toEqual(['DATABASE_URL', 'RABBITMQ_URL']);
  });

  it('a key that is in two rings is named in both', () => {
    const same = key();
    const settings = { ...good, SESSION_KEYS: `a:${same}`, AUDIT_KEYS: `x:${key()},b:${same}` };
    expect(pathsOf(settings)).toEqual(['SESSION_KEYS', 'AUDIT_KEYS']);
  });

  it('all that is wrong or missing is said at once, without a value', () => {
    const shape = { NODE_ENV: z.string(), PUBLIC_URL: z.url(), RABBITMQ_URL: z.url(), SESSION_KEY: z.string() };
    const environment = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'http://x.example',
      RABBITMQ_URL: 'amqp://guest:guest@b',
    };
    const read = (more: object) => () => readConfiguration(shape, { ...environment, ...more });
    expect(read({})).toThrow(/SESSION_KEY: is not set; PUBLIC_URL: .*https.*; RABBITMQ_URL: has a usual password/);
    expect(read({ SESSION_KEY: 'x' })).not.toThrow(/guest/);
    expect(read({ SESSION_KEY: 'x', NODE_ENV: 'development' })).not.toThrow();
  });
});

describe('where TLS is required', () => {
  it.each([
    ['DATABASE_URL', 'postgres://a:b@db/x?sslmode=verify-full', true],
    ['DATABASE_URL', 'postgres://a:b@db/x?application_name=y&sslmode=verify-full', true],
    ['DATABASE_URL', 'postgres://a:b@db/x?sslmode=prefer', false],
    ['DATABASE_URL', 'postgres://a:b@db/x', false],
    ['RABBITMQ_URL', 'amqps://a:b@broker', true],
    ['RABBITMQ_URL', 'amqp://a:b@broker', false],
    ['OBJECT_STORE_URL', 's3://a:b@store/bucket', true],
    ['OBJECT_STORE_URL', 's3://a:b@store/bucket?region=x&tls=0', false],
    ['OBJECT_STORE_URL', 'file:///data', true],
  ])('%s of %s is taken: %s', (path, url, isTaken) => {
    expect(plainConnections({ [path]: url }).map((fault) => fault.path)).toEqual(isTaken ? [] : [path]);
  });
});
