import type { ArchiveContents, Item } from './archive-contents.js';

/** An item's id, and its label in the archive that has it (the second if both do). */
interface Named {
  readonly id: string;
  readonly label: string;
}

export interface Changes {
  readonly added: readonly Named[];
  readonly removed: readonly Named[];
  readonly changed: readonly Named[];
}

/** What the second archive tells that it could not include, and the first did not tell. */
export interface NewException extends Named {
  readonly code: string;
  readonly message: string;
}

export interface Differences {
  readonly documents: Changes;
  readonly files: Changes;
  readonly exceptions: readonly NewException[];
}

/** What changed from the first archive to the second, in the order of the archives. */
export function differences(first: ArchiveContents, second: ArchiveContents): Differences {
  const isExcepted = ({ subjects }: Item) => subjects.some((subject) => second.exceptions.has(subject));
  return {
    documents: changes(first.documents, second.documents, isExcepted),
    files: changes(first.files, second.files, isExcepted),
    exceptions: newExceptions(first, second),
  };
}

export function isSame({ documents, files, exceptions }: Differences): boolean {
  const changed = [documents, files].flatMap((each) => [each.added, each.removed, each.changed]);
  return [...changed, exceptions].every(({ length }) => length === 0);
}

/** What is missing as an exception was not removed: the register still has it. */
function changes(
  first: ReadonlyMap<string, Item>,
  second: ReadonlyMap<string, Item>,
  isExcepted: (item: Item) => boolean,
): Changes {
  const named = ([id, { label }]: [string, Item]): Named => ({ id, label });
  return {
    added: [...second].filter(([id]) => !first.has(id)).map(named),
    removed: [...first].filter(([id, item]) => !second.has(id) && !isExcepted(item)).map(named),
    changed: [...second].filter(([id, { mark }]) => first.has(id) && first.get(id)?.mark !== mark).map(named),
  };
}

function newExceptions(first: ArchiveContents, second: ArchiveContents): readonly NewException[] {
  return [...second.exceptions]
    .filter(([id, { code }]) => first.exceptions.get(id)?.code !== code)
    .map(([id, { label, code, message }]) => ({ id, label: first.documents.get(id)?.label ?? label, code, message }));
}

/** What makes a comparison questionable, a sentence each. */
export function warningsOf(first: ArchiveContents, second: ArchiveContents): readonly string[] {
  const [one, other] = [first.accountId, second.accountId];
  if (one === null || other === null || one === other) return [];
  return [`the archives are of two accounts, ${one} and ${other}: equal ids may mean different documents`];
}
