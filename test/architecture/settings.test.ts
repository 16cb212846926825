// .env.example has every setting that the code reads, and no other.
import { filesBelow, textOf } from './harness.js';

const examples = [...textOf('.env.example').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name);
const compose = textOf('docker-compose.yml');

/** Of the machine, not of ours. */
const SYSTEM = new Set(['LANG', 'LD_LIBRARY_PATH', 'PATH', 'USER', 'XDG_CACHE_HOME']);

/** Any setting may come from a file: that is said once for all. */
const isFile = (name: string) => name.endsWith('_KEYS_FILE');

/** Names that a tool reads from its environment, and the keys of a service's settings. */
const READ = /(?:environment|process\.env)\.([A-Z][A-Z_]+)|(?:text\(|Of\(environment, |Url: )'([A-Z][A-Z_]+)'/g;
const DECLARED = /^ {2}([A-Z][A-Z_]+):/gm;

function settingsIn(paths: readonly string[], pattern: RegExp): string[] {
  const found = paths.flatMap((path) => [...textOf(path).matchAll(pattern)]);
  return found.map(([, first, second]) => first ?? second ?? '').filter((name) => !SYSTEM.has(name) && !isFile(name));
}

describe('.env.example', () => {
  it('has every setting of the services and of the tools, and nothing else', () => {
    const sources = filesBelow().filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'));
    const declaring = sources.filter((path) => /^services\/[^/]+\/src\/config\.ts$|\/configuration\.ts$/.test(path));
    const tools = sources.filter((path) => path.startsWith('tools/'));
    const read = new Set([...settingsIn(declaring, DECLARED), ...settingsIn(tools, READ)]);

    expect(read.size).toBeGreaterThan(30);
    expect([...new Set(examples)].toSorted()).toEqual([...read].toSorted());
  });

  it('has each setting once', () => {
    expect(examples.filter((name, at) => examples.indexOf(name) !== at)).toEqual([]);
  });
});

describe('docker-compose.yml', () => {
  it('takes from .env only settings that are explained, and the passwords that it makes itself', () => {
    const own = ['POSTGRES_PASSWORD', 'RABBITMQ_PASSWORD', 'MINIO_PASSWORD'];
    const taken = [...compose.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
    expect(taken.length).toBeGreaterThan(5);
    expect(taken.filter((name) => !examples.includes(name) && !own.includes(name))).toEqual([]);
  });
});
