import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readers, sha256 } from './harness.js';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '../../..');
const npm = ['--no-audit', '--no-fund', '--offline', '--loglevel=error'];
const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];

let project: string;
let examples: readonly string[];
let files: readonly string[];

// The package alone, installed into a project outside this repository, as its users install it.
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'zip-package-'));
  const packed = await run('npm', ['pack', '--json', '--pack-destination', project, ...npm], {
    cwd: join(repository, 'libs/zip'),
  });
  // The output of `prepack` comes first.
  const [{ filename, files: inside }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[')));
  files = inside.map(({ path }: { path: string }) => path);
  await writeFile(join(project, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  await run('npm', ['install', `./${filename}`, ...npm], { cwd: project });
  const readme = await readFile(join(project, 'node_modules/@account-backups/zip/README.md'), 'utf8');
  examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, code = '']) => code);
  for (const [at, code] of examples.entries()) await writeFile(join(project, `example${at}.mts`), code);
}, 120_000);

afterAll(() => rm(project, { recursive: true, force: true }));

async function runExample(at: number): Promise<string> {
  const program = join(project, `example${at}.mjs`);
  await writeFile(program, examples[at] ?? '');
  return (await run(process.execPath, [program], { cwd: project })).stdout;
}

describe('the package as it is published', () => {
  it('has code, types, licence and README, and no tests', () => {
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']));
    expect(files.filter((path) => /\.spec\.|testing|tsbuildinfo/.test(path))).toEqual([]);
  });

  it("runs its README's examples, and others open what they write", async () => {
    const content = randomBytes(9_000_000);
    await writeFile(join(project, 'sop.pdf'), content);

    expect(await runExample(0)).toBe('');
    expect(await runExample(1)).toBe(`${sha256(content)}  data/documents/sop.pdf\n`);
    const archive = join(project, 'backup.zip');
    expect(await readers['7-Zip'](archive, 'correct horse')).toEqual({ 'data/documents/sop.pdf': sha256(content) });
  }, 60_000);

  it('has types that a strict compiler takes', async () => {
    const types = join(repository, 'node_modules/@types');
    const sources = examples.map((_, at) => `example${at}.mts`);
    const compiler = join(repository, 'node_modules/.bin/tsc');

    expect(await run(compiler, [...strict, '--typeRoots', types, ...sources], { cwd: project })).toMatchObject({
      stdout: '',
    });
  }, 120_000);
});
