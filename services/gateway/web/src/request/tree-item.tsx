import { Icon } from '../elements/icons.js';
import { useLanguage } from '../language/language.js';
import type { TreeRow } from './org-unit-tree.js';
import { Box } from './labelled-checkbox.js';

interface TreeItemProps {
  readonly row: TreeRow;
  readonly place: {
    readonly index: number;
    readonly start: number;
    readonly active: boolean;
    readonly measure: (element: HTMLElement | null) => void;
  };
  readonly checked: boolean | 'mixed';
  readonly toggle: (row: TreeRow, withBelow: boolean) => void;
  readonly fold: (row: TreeRow) => void;
}

/** One line. Its small targets are for the mouse; the keys of the tree do the same. */
export function TreeItem({ row, place, checked, toggle, fold }: TreeItemProps) {
  const { say } = useLanguage();
  const { orgUnit, level, position, siblings, below, expanded } = row;
  return (
    // The tree itself has the focus and takes the keys (aria-activedescendant).
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={`ou-${place.index}`}
      data-index={place.index}
      ref={place.measure}
      role="treeitem"
      className={place.active ? 'tree-item active' : 'tree-item'}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-checked={checked}
      aria-selected={checked === true}
      aria-expanded={below.length > 0 ? expanded : undefined}
      style={{ transform: `translateY(${place.start}px)` }}
      onClick={() => toggle(row, false)}
    >
      <span className="indent" aria-hidden="true" style={{ inlineSize: `${(level - 1) * 20}px` }} />
      <span
        className={expanded ? 'fold open' : 'fold'}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          if (below.length > 0) fold(row);
        }}
      >
        {below.length > 0 && <Icon name="chevron" />}
      </span>
      <Box checked={checked} />
      <span className="tree-name">{orgUnit.name}</span>
      {below.length > 0 && (
        <span
          className="with-below"
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            toggle(row, true);
          }}
        >
          {say('ask.withSubUnits', { count: below.length })}
        </span>
      )}
    </div>
  );
}
