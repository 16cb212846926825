// Which TypeScript project refers to which, as the compiler is told.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each project's folder, and the folders of the projects it refers to; all relative to the checkout. */
type ProjectGraph = ReadonlyMap<string, readonly string[]>;

/** Reads the projects that the checkout's `tsconfig.json` names. */
export function readProjectGraph(root: string): ProjectGraph {
  return new Map(referencesOf(root, '').map((project) => [project, referencesOf(root, project)]));
}

/** The projects that hold one of the files, and all that depend on them. */
export function affectedProjects(files: readonly string[], graph: ProjectGraph): ReadonlySet<string> {
  const affected = new Set(files.flatMap((file) => projectOf(file, graph) ?? []));
  // A set hands out what is added while it is walked.
  for (const project of affected) {
    for (const [dependent, references] of graph) if (references.includes(project)) affected.add(dependent);
  }
  return affected;
}

/** A project may lie inside another: the innermost one has the file. */
function projectOf(file: string, graph: ProjectGraph): string | undefined {
  const around = [...graph.keys()].filter((project) => file.startsWith(`${project}/`));
  return around.toSorted((one, other) => other.length - one.length)[0];
}

interface Configuration {
  readonly references?: readonly { readonly path: string }[];
}

function referencesOf(root: string, project: string): readonly string[] {
  const text = readFileSync(join(root, project, 'tsconfig.json'), 'utf8');
  const { references = [] } = JSON.parse(text) as Configuration;
  return references.map(({ path }) => join(project, path));
}
