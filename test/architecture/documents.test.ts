// What documents name is there: commands, files, settings, messages. A document that lies fails here, with the word.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messages } from '@account-backups/contracts';
import { codeOf, filesBelow, isPathAmong, linksOf, manifestOf, root, textOf, type Code } from './harness.js';

const files = filesBelow();
const documents = files.filter((path) => path.endsWith('.md'));
// What was is history there: names of today are not asked of it.
const code = documents.filter((path) => path !== 'CHANGELOG.md').flatMap(codeOf);

const TOPS = /^(libs|services|tools|test|bench|docs|k8s|scripts|src)\//;
const MADE = /\/dist$|^bench\/results\//;
const NAMED_FILE = /^[\w./*<>{},-]*\.(tsx?|mjs|cjs|css|ya?ml|md)$/;
const SETTING = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;

/** The first groups of all matches in code, each with its document. */
function named(pattern: RegExp): (Code & { readonly word: string; readonly rest: string })[] {
  return code.flatMap(({ document, text }) =>
    [...text.matchAll(pattern)].map(([, word = '', rest = '']) => ({ document, text, word, rest })),
  );
}

const told = ({ document, word }: { readonly document: string; readonly word: string }) => `${document}: ${word}`;

describe('the documents', () => {
  it('have a README in each service, library and tool', () => {
    const packages = files.filter((path) => /^(services|libs|tools)\/[^/]+\/package\.json$/.test(path));
    const readmes = packages.map((path) => path.replace(/package\.json$/, 'README.md'));
    expect(packages.length).toBeGreaterThan(15);
    expect(readmes.filter((path) => !files.includes(path))).toEqual([]);
  });

  it('link to what is there', () => {
    const links = documents.flatMap((document) => linksOf(document).map((word) => ({ document, word })));
    expect(links.length).toBeGreaterThan(20);
    const broken = links.filter(({ document, word }) => !existsSync(join(root, dirname(document), word)));
    expect(broken.map(told)).toEqual([]);
  });

  it('have as many cells in each row of a table as in the row above', () => {
    const cells = (line: string) => line.split(/(?<!\\)\|/).length;
    const rows = documents.flatMap((document) => {
      const lines = textOf(document).split('\n');
      return lines.map((word, at) => ({ document, word, above: lines[at - 1] ?? '' }));
    });
    const inTables = rows.filter(({ word, above }) => word.startsWith('|') && above.startsWith('|'));
    expect(inTables.length).toBeGreaterThan(500);
    expect(inTables.filter(({ word, above }) => cells(word) !== cells(above)).map(told)).toEqual([]);
  });

  it('name files and folders that are there', () => {
    const words = code
      .flatMap(({ document, text }) => text.split(/[\s'"()]+/).map((word) => ({ document, word })))
      .filter(({ word }) => (TOPS.test(word) || NAMED_FILE.test(word)) && !MADE.test(word));
    expect(words.length).toBeGreaterThan(50);
    expect(words.filter(({ word }) => !isPathAmong(files, word)).map(told)).toEqual([]);
  });

  it('name npm scripts that are there', () => {
    const scripts = named(/\bnpm run ([\w:-]+)(?: --workspace (\S+))?/g);
    expect(scripts.length).toBeGreaterThan(5);
    const unknown = scripts.filter(({ word, rest }) => !manifestOf(rest).scripts?.[word]);
    expect(unknown.map(told)).toEqual([]);
  });

  it('name benches that are there', () => {
    const benches = named(/\bnpm run bench -- ([a-z][a-z -]*)/g).flatMap(({ word, ...rest }) =>
      word
        .trim()
        .split(' ')
        .map((name) => ({ ...rest, word: name })),
    );
    expect(benches.length).toBeGreaterThan(3);
    expect(benches.filter(({ word }) => !files.includes(`bench/${word}.bench.mjs`)).map(told)).toEqual([]);
  });

  it('run tests that are there', () => {
    const tests = files.filter((path) => /\.(spec|test)\.ts$/.test(path));
    const patterns = named(/\bnpm test -- .*?(?:--testPathPatterns|--watch) (\S+)/g);
    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.filter(({ word }) => !tests.some((path) => new RegExp(word).test(path))).map(told)).toEqual([]);
  });

  it("name the command's own subcommands", () => {
    const commands = named(/(?<![\w@/<-])account-backups ([a-z]+)(?: ([a-z]+)\b(?![.\w]))?/g);
    const sourceOf = (name: string) => `tools/account-backups/src/commands/${name}.command.ts`;
    const isKnown = (name: string, second: string) =>
      files.includes(sourceOf(name)) && (second === '' || textOf(sourceOf(name)).includes(`'${second}'`));
    expect(commands.length).toBeGreaterThan(3);
    expect(commands.filter(({ word, rest }) => !isKnown(word, rest)).map(told)).toEqual([]);
  });

  it('start projects that Nest knows', () => {
    const { projects } = JSON.parse(textOf('nest-cli.json')) as { readonly projects: Readonly<Record<string, object>> };
    const started = named(/\bnest (?:start|build) ([\w-]+)/g);
    expect(started.length).toBeGreaterThan(0);
    expect(started.filter(({ word }) => !(word in projects)).map(told)).toEqual([]);
  });

  it('name settings, codes and constants that the code has', () => {
    const sources = files.filter((path) => /\.(tsx?|mjs|cjs|json|ya?ml)$|\.example$/.test(path));
    const known = new Set(sources.flatMap((path) => textOf(path).match(SETTING) ?? []));
    const settings = named(new RegExp(`(${SETTING.source})`, 'g'));
    expect(settings.length).toBeGreaterThan(50);
    expect(settings.filter(({ word }) => !known.has(word)).map(told)).toEqual([]);
  });

  it('name messages of the one list', () => {
    const subjects = new Set(Object.keys(messages).map((name) => name.split('.')[0]));
    const words = named(/^([a-z-]+\.[a-z-]+)$/g).filter(
      ({ word }) => subjects.has(word.split('.')[0]) && !/\.(zip|csv|json|jsonl|html)$/.test(word),
    );
    expect(words.length).toBeGreaterThan(5);
    expect(words.filter(({ word }) => !(word in messages)).map(told)).toEqual([]);
  });
});
