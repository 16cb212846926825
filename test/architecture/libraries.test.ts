// docs/libraries.md says what the package.json files say.
import { filesBelow, manifestOf, textOf, type Manifest } from './harness.js';

const manifests = filesBelow()
  .filter((path) => /(^|\/)package\.json$/.test(path))
  .map((path) => manifestOf(path.replace(/\/?package\.json$/, '')));
const ours = new Set(manifests.map(({ name }) => name));

type Dependencies = 'dependencies' | 'devDependencies' | 'optionalDependencies';
const wanted = (manifest: Manifest, kinds: readonly Dependencies[]) =>
  kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {})).map(([name, version]) => `${name} ${version}`);
const foreign = (entry: string) => !ours.has(entry.split(' ')[0] ?? '');

const page = textOf('docs/libraries.md');
const [taken = '', refused = ''] = page.split('## Looked at and left');

/** `name version` of each row. */
function rowsOf(part: string): string[] {
  return [...part.matchAll(/^\| [^|]+ \| `([^`]+)` +\| ([^|]+?) +\|/gm)].map(
    ([, name, version]) => `${name} ${version}`,
  );
}

describe('docs/libraries.md', () => {
  it('names as taken what a package.json has, in that version', () => {
    const all: readonly Dependencies[] = ['dependencies', 'devDependencies', 'optionalDependencies'];
    const present = new Set(manifests.flatMap((manifest) => wanted(manifest, all)));
    expect(rowsOf(taken).length).toBeGreaterThan(30);
    expect(rowsOf(taken).filter((row) => !present.has(row))).toEqual([]);
  });

  it('names every library that a running service or tool depends on', () => {
    const rows = new Set(rowsOf(taken));
    const direct = manifests.flatMap((manifest) => wanted(manifest, ['dependencies'])).filter(foreign);
    expect(direct.length).toBeGreaterThan(20);
    expect([...new Set(direct)].filter((entry) => !rows.has(entry))).toEqual([]);
  });

  it('names as left nothing that a running service or tool depends on', () => {
    const direct = new Set(manifests.flatMap(({ dependencies = {} }) => Object.keys(dependencies)));
    const names = rowsOf(refused).map((row) => row.split(' ')[0] ?? '');
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => direct.has(name))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('has a checksum for each library, and none from elsewhere than the registry', () => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as {
      readonly packages: Readonly<Record<string, Locked>>;
    };
    const locked = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
    expect(locked.length).toBeGreaterThan(300);
    const loose = locked.filter(([, { integrity, resolved }]) => !integrity?.startsWith('sha512-') || resolved);
    expect(loose.map(([path]) => path)).toEqual([]);
  });
});

interface Locked {
  readonly link?: boolean;
  readonly integrity?: string;
  /** Where it comes from, for one that does not come from the registry. */
  readonly resolved?: string;
}
