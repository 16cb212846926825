import { readStackSettings } from './stack-settings.js';

describe('the settings of npm start', () => {
  it('have a default for everything', () => {
    expect(readStackSettings({}, '/check out')).toMatchObject({
      dataDir: '/check out/.data',
      gatewayPort: 8080,
      subscriptionsPort: 8081,
      issuerPort: 8082,
      databaseUrl: undefined,
      objectStoreUrl: 'file:///check%20out/.data/objects',
      publicUrl: 'http://localhost:8080',
      loadsDemo: true,
    });
  });

  it('take an empty variable for unset', () => {
    expect(readStackSettings({ DATABASE_URL: ' ', NO_DEMO: '' }, '/')).toMatchObject({ loadsDemo: true });
  });

  it('name the variable that is no port', () => {
    expect(() => readStackSettings({ GATEWAY_PORT: 'web' }, '/')).toThrow(
      'GATEWAY_PORT is web; expected a port number from 1 to 65535.',
    );
  });
});
