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

export interface Differences {
  readonly documents: Changes;
  readonly files: Changes;
}

/** What changed from the first archive to the second, in the order of the archives. */
export function differences(first: ArchiveContents, second: ArchiveContents): Differences {
  return { documents: changes(first.documents, second.documents), files: changes(first.files, second.files) };
}

export function isSame({ documents, files }: Differences): boolean {
  return [documents, files].every(
    ({ added, removed, changed }) => added.length + removed.length + changed.length === 0,
  );
}

function changes(first: ReadonlyMap<string, Item>, second: ReadonlyMap<string, Item>): Changes {
  const named = ([id, { label }]: [string, Item]): Named => ({ id, label });
  return {
    added: [...second].filter(([id]) => !first.has(id)).map(named),
    removed: [...first].filter(([id]) => !second.has(id)).map(named),
    changed: [...second].filter(([id, { mark }]) => first.has(id) && first.get(id)?.mark !== mark).map(named),
  };
}

/** What makes a comparison questionable, a sentence each. */
export function warningsOf(first: ArchiveContents, second: ArchiveContents): readonly string[] {
  const [one, other] = [first.accountId, second.accountId];
  if (one === null || other === null || one === other) return [];
  return [`the archives are of two accounts, ${one} and ${other}: equal ids may mean different documents`];
}
