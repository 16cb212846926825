import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addressOf, dataDirOf } from './running-system.js';

describe('the running system', () => {
  let dataDir = '';
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'running-system-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('lies in .data at the top of the checkout, wherever the command is run', () => {
    expect(dataDirOf({})).toBe(resolve(import.meta.dirname, '../../../../.data'));
  });

  it('lies where DATA_DIR says', () => {
    expect(dataDirOf({ DATA_DIR: dataDir })).toBe(dataDir);
  });

  it('tells its addresses in run.json', () => {
    writeFileSync(join(dataDir, 'run.json'), '{"gatewayUrl":"http://localhost:8080/"}');
    expect(addressOf('gatewayUrl', { DATA_DIR: dataDir })).toBe('http://localhost:8080');
  });

  it('yields to the environment', () => {
    writeFileSync(join(dataDir, 'run.json'), '{"gatewayUrl":"http://localhost:8080"}');
    expect(addressOf('gatewayUrl', { DATA_DIR: dataDir, GATEWAY_URL: 'https://g.example' })).toBe('https://g.example');
  });

  it('says what to do when nothing runs', () => {
    expect(() => addressOf('issuerUrl', { DATA_DIR: dataDir })).toThrow('start it with npm start, or set OIDC_ISSUER');
  });

  it('refuses a record that is not JSON', () => {
    writeFileSync(join(dataDir, 'run.json'), '{');
    expect(() => addressOf('gatewayUrl', { DATA_DIR: dataDir })).toThrow('run.json cannot be read');
  });
});
