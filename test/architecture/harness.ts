// What the architecture tests read: the files of the checkout, and what the Markdown documents say in code.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

const MADE = /^(node_modules|dist|coverage|results|test-artifacts|\.data|\.git)$/;

/** Every file below a folder, from the top of the checkout, without what is built, installed or measured. */
export function filesBelow(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return MADE.test(entry.name) ? [] : filesBelow(path);
    return [path];
  });
}

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

export interface Manifest {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export const manifestOf = (folder: string): Manifest =>
  JSON.parse(textOf(folder ? `${folder}/package.json` : 'package.json')) as Manifest;

/** Code in a document: the text of a span, or a line of a fence. */
export interface Code {
  readonly document: string;
  readonly text: string;
}

/** Spans between backticks, and the lines of fenced blocks. */
export function codeOf(document: string): Code[] {
  const [prose, fences] = apart(textOf(document));
  const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replaceAll('\n', ' '));
  return [...spans, ...fences.flatMap((fence) => fence.split('\n'))].map((text) => ({ document, text }));
}

/** Targets of relative links, without their anchors. */
export function linksOf(document: string): string[] {
  const [prose] = apart(textOf(document));
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}

function apart(text: string): [prose: string, fences: string[]] {
  const pieces = text.split(/^ *```.*$/m);
  return [pieces.filter((_, at) => at % 2 === 0).join('\n'), pieces.filter((_, at) => at % 2 === 1)];
}

/**
 * Whether a word, which may hold `*`, `<name>`, `…` or `{a,b}`, means one of these paths, from the top or from within.
 */
export function isPathAmong(paths: readonly string[], word: string): boolean {
  const plain = word.replace(/^\.?\//, '').replace(/[/.,:]+$/, '');
  const pattern = plain
    .replace(/\bdist\//, 'src/')
    .replace(/(\/src\/.*|^src\/.*)\.js$/, '$1.ts')
    .replaceAll('.', '\\.')
    .replace(/<[^>]+>|\*+|…/g, '[^/]*')
    .replace(/\{([^}]+)\}/g, (_, choices: string) => `(${choices.replaceAll(',', '|')})`);
  const wanted = new RegExp(`^(.*/)?${pattern}(/.*)?$`);
  return paths.some((path) => wanted.test(path));
}
