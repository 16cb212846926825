import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useLanguage } from '../language/language.js';
import { checkedOf, type TreeRow } from './org-unit-tree.js';
import { TreeItem } from './tree-item.js';
import { keysOf, toggled } from './tree-keys.js';

/** Of a name that takes one line. Longer ones are measured once drawn. */
const ROW_PX = 36;

interface TreeViewProps {
  readonly rows: readonly TreeRow[];
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
  readonly collapsed: ReadonlySet<string>;
  readonly collapse: (collapsed: ReadonlySet<string>) => void;
}

/** A tree by the ARIA pattern that draws only the visible lines, so that ten thousand OUs cost as much as ten. */
export function TreeView({ rows, chosen, choose, collapsed, collapse }: TreeViewProps) {
  const { say } = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const { active, activate } = useActiveRow(rows);
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const choices = choicesOf({ rows, chosen, choose, collapsed, collapse });
  const toggle = (row: TreeRow, withBelow: boolean) => {
    activate(row);
    choices.toggle(row, withBelow);
  };
  const moveTo = (index: number) => {
    activate(rows[index]);
    lines.scrollToIndex(index);
  };
  const onKeyDown = keysOf({ rows, active, moveTo, toggle, fold: choices.fold });
  const measure = lines.measureElement;
  const line = ({ index, start }: { index: number; start: number }) => {
    const row = rows[index];
    if (!row) return null;
    const place = { index, start, active: index === active, measure };
    const handlers = { toggle, fold: choices.fold };
    return (
      <TreeItem key={row.orgUnit.orgUnitId} row={row} place={place} checked={checkedOf(row, chosen)} {...handlers} />
    );
  };
  return (
    <div
      ref={scroller}
      className="tree"
      role="tree"
      tabIndex={0}
      aria-multiselectable="true"
      aria-label={say('ask.orgUnits')}
      aria-description={say('ask.treeKeys')}
      aria-activedescendant={`ou-${active}`}
      onKeyDown={onKeyDown}
    >
      <div role="none" style={{ height: lines.getTotalSize(), position: 'relative' }}>
        {lines.getVirtualItems().map(line)}
      </div>
    </div>
  );
}

/** How a line is chosen, with or without those below it, and folded. */
function choicesOf({ chosen, choose, collapsed, collapse }: TreeViewProps) {
  return {
    toggle: ({ orgUnit, below }: TreeRow, withBelow: boolean) =>
      choose(toggled(chosen, withBelow ? [orgUnit.orgUnitId, ...below] : [orgUnit.orgUnitId])),
    fold: ({ orgUnit }: TreeRow) => collapse(toggled(collapsed, [orgUnit.orgUnitId])),
  };
}

/** The line that the keys act on, remembered by its OU, because narrowing moves lines. */
function useActiveRow(rows: readonly TreeRow[]) {
  const [activeId, setActiveId] = useState<string | undefined>();
  const index = rows.findIndex(({ orgUnit }) => orgUnit.orgUnitId === activeId);
  return { active: Math.max(0, index), activate: (row?: TreeRow) => setActiveId(row?.orgUnit.orgUnitId) };
}
