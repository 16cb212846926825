import type { KeyboardEvent } from 'react';
import type { TreeRow } from './org-unit-tree.js';

const PAGE_ROWS = 8;

/** The line that a key leads to (WAI-ARIA, tree view), `fold` to open or shut this one, undefined for other keys. */
function moveFor(key: string, rows: readonly TreeRow[], active: number): number | 'fold' | undefined {
  const last = rows.length - 1;
  const row = rows[active];
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(last, active + PAGE_ROWS);
    case 'PageUp':
      return Math.max(0, active - PAGE_ROWS);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowRight':
      if (!row || row.below.length === 0) return active;
      return row.expanded ? active + 1 : 'fold';
    case 'ArrowLeft':
      return row?.expanded ? 'fold' : parentOf(rows, active);
    default:
      return undefined;
  }
}

function parentOf(rows: readonly TreeRow[], active: number): number {
  const level = rows[active]?.level ?? 1;
  for (let index = active - 1; index >= 0; index -= 1) if ((rows[index]?.level ?? 0) < level) return index;
  return active;
}

interface Keyboard {
  readonly rows: readonly TreeRow[];
  readonly active: number;
  readonly moveTo: (index: number) => void;
  readonly toggle: (row: TreeRow, withBelow: boolean) => void;
  readonly fold: (row: TreeRow) => void;
}

/** Handles the keys of a tree; other keys keep their meaning. */
export function keysOf({ rows, active, moveTo, toggle, fold }: Keyboard): (event: KeyboardEvent) => void {
  return (event) => {
    const row = rows[active];
    const move = moveFor(event.key, rows, active);
    if (!row || (move === undefined && event.key !== ' ')) return;
    event.preventDefault();
    if (move === 'fold') fold(row);
    else if (move === undefined) toggle(row, event.shiftKey);
    else moveTo(move);
  };
}

/** The set without these if all of them were in it, otherwise with all of them. */
export function toggled(set: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const next = new Set(set);
  const all = ids.every((id) => set.has(id));
  for (const id of ids) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return next;
}
