import { readConfig } from './config.js';

const complete = {
  PORT: '8082',
  OIDC_ISSUER: 'http://localhost:8082',
  OIDC_CLIENT_ID: 'gateway',
  OIDC_CLIENT_SECRET: 's3cret',
  PUBLIC_URL: 'http://localhost:8080/',
  DATA_DIR: '/data',
  DEMO_PASSWORD: 'pass',
  RABBITMQ_URL: 'amqp://localhost',
};

describe('the configuration of the local issuer', () => {
  it('is read once, with its defaults', () => {
    expect(readConfig(complete)).toMatchObject({
      port: 8_082,
      healthPort: 9_090,
      publicUrl: 'http://localhost:8080',
      logLevel: 'info',
    });
  });

  it('is refused with every fault at once', () => {
    const read = () => readConfig({ ...complete, PORT: 'eighty', DATA_DIR: '', LOG_LEVEL: 'loud' });
    expect(read).toThrow(/PORT: expected a port; DATA_DIR is not set; LOG_LEVEL: expected trace, debug/);
  });

  it('is refused in production, where nobody has a password of everybody', () => {
    expect(() => readConfig({ ...complete, NODE_ENV: 'production' })).toThrow('never for production');
  });

  it('does not repeat what may be a secret', () => {
    expect(() => readConfig({ ...complete, PUBLIC_URL: 's3cret' })).toThrow(/^(?!.*s3cret).*PUBLIC_URL/);
  });
});
