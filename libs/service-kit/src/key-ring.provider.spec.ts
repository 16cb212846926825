import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { readConfiguration } from './configuration.js';
import { keyRing, keyRingFile, keyRingProvider } from './key-ring.provider.js';
import type { LiveKeyRing } from './keys/index.js';
import { Readiness } from './operations/readiness.js';

const shape = { SESSION_KEYS: keyRing('secret'), SESSION_KEYS_FILE: keyRingFile };
const ringOf = (...keyIds: string[]) =>
  keyIds.map((keyId) => `${keyId}:${randomBytes(32).toString('base64')}`).join(',');

const rings: LiveKeyRing[] = [];
const said: unknown[] = [];

function provide(environment: Readonly<Record<string, string>>, readiness = new Readiness()): LiveKeyRing {
  const { SESSION_KEYS: ringRead, SESSION_KEYS_FILE: file } = readConfiguration(shape, environment);
  const { NODE_ENV } = environment;
  const settings = { name: 'SESSION_KEYS', kind: 'secret', ring: ringRead, file, NODE_ENV } as const;
  const ring = keyRingProvider(Symbol('keys'), settings).useFactory(readiness) as LiveKeyRing;
  rings.push(ring);
  return ring;
}

async function until(ring: LiveKeyRing, check: (report: ReturnType<LiveKeyRing['report']>) => void): Promise<void> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    try {
      return check(ring.report());
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

describe('a key ring of a service', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'key-ring-'));
    file = join(folder, 'SESSION_KEYS');
    said.length = 0;
    const log = (event: unknown) => void said.push(event);
    Logger.overrideLogger({ log, error: log, warn: log });
  });

  afterEach(async () => {
    rings.splice(0).forEach((ring) => ring.onApplicationShutdown());
    Logger.overrideLogger(false);
    await rm(folder, { recursive: true });
  });

  it('comes from the setting, and stays', () => {
    expect(provide({ SESSION_KEYS: ringOf('b', 'a') }).current.keyIds).toEqual(['b', 'a']);
  });

  it.each([
    ['SESSION_KEY', randomBytes(32).toString('base64'), ['former']],
    ['SESSION_KEYS', ringOf('x'), ['x']],
  ])('takes the setting %s', (name, value, keyIds) => {
    expect(provide({ SESSION_KEY: randomBytes(32).toString('base64'), [name]: value }).current.keyIds).toEqual(keyIds);
  });

  it('names the setting and the place of a fault at the start, and no value', () => {
    const read = () => readConfiguration(shape, { SESSION_KEYS: 'a:c2VjcmV0' });
    expect(read).toThrow('SESSION_KEYS: key 1: expected base64 of 32 bytes');
    expect(read).not.toThrow('c2VjcmV0');
  });

  it('follows a file that is renamed into its place', async () => {
    await writeFile(file, ringOf('a'));
    const ring = provide({ SESSION_KEYS_FILE: file });
    await writeFile(`${file}.new`, ringOf('b', 'a'));
    await rename(`${file}.new`, file);
    await until(ring, ({ keyIds }) => expect(keyIds).toEqual(['b', 'a']));
    expect(said).toEqual([{ event: 'keys.changed', setting: 'SESSION_KEYS', keyIds: ['b', 'a'] }]);
  });

  it('follows a link that is turned, as Kubernetes mounts secrets', async () => {
    for (const [version, keyId] of [
      ['1', 'a'],
      ['2', 'b'],
    ] as const) {
      await mkdir(join(folder, version));
      await writeFile(join(folder, version, 'SESSION_KEYS'), ringOf(keyId));
    }
    await symlink('1', join(folder, '..data'));
    await symlink('..data/SESSION_KEYS', file);
    const ring = provide({ SESSION_KEYS_FILE: file });
    await symlink('2', join(folder, '..data_tmp'));
    await rename(join(folder, '..data_tmp'), join(folder, '..data'));
    await rm(join(folder, '1'), { recursive: true });
    await until(ring, ({ keyIds }) => expect(keyIds).toEqual(['b']));
  });

  it('keeps the ring while the file is broken or away, and says so without a value', async () => {
    await writeFile(file, ringOf('a'));
    const readiness = new Readiness();
    const ring = provide({ SESSION_KEYS_FILE: file }, readiness);
    await writeFile(file, 'b:c2VjcmV0');
    await until(ring, ({ fault }) => expect(fault).toContain('expected base64 of 32 bytes'));
    const report = await readiness.report();
    expect(report).toMatchObject({
      ready: true,
      told: { SESSION_KEYS: { keyIds: ['a'], fault: ring.report().fault } },
    });
    expect(JSON.stringify([report, said])).not.toContain('c2VjcmV0');
    await rm(file);
    await until(ring, ({ fault }) => expect(fault).toContain('ENOENT'));
    expect(said).toMatchObject([{ event: 'keys.not-read' }, { event: 'keys.not-read', setting: 'SESSION_KEYS' }]);
    await writeFile(file, ringOf('b'));
    await until(ring, (told) => expect(told).toEqual({ keyIds: ['b'], fault: null }));
  });

  it('takes no weak key in production', async () => {
    await writeFile(file, ringOf('a'));
    const strict = provide({ SESSION_KEYS_FILE: file, NODE_ENV: 'production' });
    await writeFile(file, `weak:${Buffer.alloc(32).toString('base64')}`);
    await until(strict, ({ fault }) => expect(fault).toBe('is a weak key'));
    expect(strict.current.keyIds).toEqual(['a']);
  });
});
