// A package is known wherever packages are listed; what a recipe of CONTRIBUTING.md forgot fails here by name.
import { serviceNames } from '@account-backups/contracts';
import { debuggerPort, systemPrograms } from '@account-backups/local-stack/services.js';
import { filesBelow, manifestOf, textOf } from './harness.js';

interface Configuration {
  readonly references?: readonly { readonly path: string }[];
}
interface Project {
  readonly type: string;
  readonly root: string;
}
interface Launch {
  readonly configurations: readonly { readonly name: string; readonly port?: number }[];
}

const read = <T>(path: string) => JSON.parse(textOf(path)) as T;
const packages = ['libs', 'services', 'tools'].flatMap(filesBelow).flatMap((path) => {
  const [, folder] = /^(\w+\/[\w-]+)\/package\.json$/.exec(path) ?? [];
  return folder === undefined ? [] : [folder];
});
const last = (path: string) => path.split('/').at(-1) ?? '';
const folderOf = new Map(packages.map((folder) => [manifestOf(folder).name, last(folder)]));
const referencesOf = (folder: string) =>
  (read<Configuration>(`${folder}/tsconfig.json`).references ?? []).map(({ path }) => last(path));

describe('a package', () => {
  it('is compiled with all others', () => {
    const compiled = (read<Configuration>('tsconfig.json').references ?? []).map(({ path }) => path);
    expect(packages.filter((folder) => !compiled.includes(folder))).toEqual([]);
  });

  it('is copied into the images, and nothing else is compiled there', () => {
    const copied = [...textOf('Dockerfile').matchAll(/^COPY (\w+) \1$/gm)].map(([, folder]) => folder);
    const compiled = (read<Configuration>('tsconfig.json').references ?? []).map(({ path }) => path.split('/')[0]);
    expect(new Set(compiled)).toEqual(new Set(copied));
  });

  it('comes into the images without its tests', () => {
    const left = textOf('.dockerignore').split('\n');
    expect(left).toEqual(expect.arrayContaining(['test', '**/*.spec.ts', '**/src/testing']));
  });

  it.each(packages)('%s refers to the projects of the packages that it depends on', (folder) => {
    const dependencies = Object.keys(manifestOf(folder).dependencies ?? {});
    const ours = dependencies.flatMap((name) => folderOf.get(name) ?? []);
    expect(referencesOf(folder).toSorted()).toEqual(ours.toSorted());
  });

  it('is a project of Nest, unless it is a tool', () => {
    const { projects } = read<{ readonly projects: Readonly<Record<string, Project>> }>('nest-cli.json');
    const known = Object.values(projects).map(({ type, root }) => `${type} ${root}`);
    const wanted = packages.filter((folder) => !folder.startsWith('tools/'));
    const typeOf = (folder: string) => (folder.startsWith('libs/') ? 'library' : 'application');
    expect(known.toSorted()).toEqual(wanted.map((folder) => `${typeOf(folder)} ${folder}`).toSorted());
  });
});

describe('a service', () => {
  it('lies in the folder of its name', () => {
    const folders = packages.filter((folder) => folder.startsWith('services/')).map(last);
    expect(folders.toSorted()).toEqual([...serviceNames].toSorted());
  });

  it('has a test of its migrations where it has tables', () => {
    const files = filesBelow();
    const withTables = serviceNames.filter((name) => files.includes(`services/${name}/src/database.ts`));
    const testOf = (name: string) => `test/integration/${name}/${name}.migrations.test.ts`;
    expect(withTables.length).toBeGreaterThan(0);
    expect(withTables.map(testOf).filter((path) => !files.includes(path))).toEqual([]);
  });

  it('takes the debugger of the editor where npm run dev opens it', () => {
    const { configurations } = read<Launch>('.vscode/launch.json');
    const attached = configurations.filter(({ port }) => port).map(({ name, port }) => `${name} ${port}`);
    const programs = systemPrograms({ withIssuer: true }).map(({ name }) => `attach to ${name} ${debuggerPort(name)}`);
    expect(attached).toEqual(programs);
  });
});
