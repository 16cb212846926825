import type { InputFault } from '@account-backups/contracts';

/** A fault for every entry of `list` that repeats the id of an earlier one. */
export function* doubledIds<K extends string>(
  list: string,
  key: K,
  entries: readonly Readonly<Record<K, string>>[],
): Generator<InputFault> {
  const seen = new Map<string, number>();
  for (const [at, { [key]: id }] of entries.entries()) {
    const first = seen.get(id);
    if (first === undefined) seen.set(id, at);
    else yield { path: `${list}[${at}].${key}`, message: `${id} is the id of ${list}[${first}] already` };
  }
}

interface Known {
  readonly known: ReadonlySet<string>;
  /** What the ids stand for, in words. */
  readonly kind: string;
}

/** A fault for every id of the list at `path` that is not known. */
export function* unknownIds(path: string, ids: readonly string[], { known, kind }: Known): Generator<InputFault> {
  for (const [at, id] of ids.entries()) {
    if (!known.has(id)) yield { path: `${path}[${at}]`, message: `${id} is no ${kind} of this directory` };
  }
}
