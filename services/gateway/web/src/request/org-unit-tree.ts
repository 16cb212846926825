import type { OrgUnit } from '../api/client.js';

/** A line of the tree as it is drawn. */
export interface TreeRow {
  readonly orgUnit: OrgUnit;
  /** From 1, as ARIA counts. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** Ids of everything below it that may be chosen. */
  readonly below: readonly string[];
  readonly expanded: boolean;
}

/** Whether a line is ticked; `mixed` when only something below it is. */
export function tickOf({ orgUnit, below }: TreeRow, chosen: ReadonlySet<string>): boolean | 'mixed' {
  if (chosen.has(orgUnit.orgUnitId)) return true;
  return below.some((id) => chosen.has(id)) ? 'mixed' : false;
}

interface Node {
  readonly orgUnit: OrgUnit;
  readonly children: Node[];
  below: string[];
}

export interface Tree {
  readonly roots: readonly Node[];
}

/** A parent that the person may not back up is not among them: its children then stand at the top. */
export function treeOf(orgUnits: readonly OrgUnit[], locale: string): Tree {
  const nodes = new Map<string, Node>(
    orgUnits.map((orgUnit) => [orgUnit.orgUnitId, { orgUnit, children: [], below: [] }]),
  );
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(node.orgUnit.parentOrgUnitId ?? '');
    (parent?.children ?? roots).push(node);
  }
  const order = new Intl.Collator(locale, { numeric: true });
  sortAndCount(roots, order);
  return { roots };
}

function sortAndCount(nodes: Node[], order: Intl.Collator): void {
  nodes.sort((one, other) => order.compare(one.orgUnit.name, other.orgUnit.name));
  for (const node of nodes) {
    sortAndCount(node.children, order);
    node.below = node.children.flatMap((child) => [child.orgUnit.orgUnitId, ...child.below]);
  }
}

export interface View {
  readonly collapsed: ReadonlySet<string>;
  /** Only OUs with this in their name, and what they lie in. */
  readonly text: string;
}

/** The lines to draw, parents before children. While narrowed everything that matches is unfolded. */
export function rowsOf(tree: Tree, { collapsed, text }: View): readonly TreeRow[] {
  const wanted = text.trim().toLocaleLowerCase();
  const rows: TreeRow[] = [];
  const add = (nodes: readonly Node[], level: number): void => {
    const shown = wanted === '' ? nodes : nodes.filter((node) => matches(node, wanted));
    for (const [index, { orgUnit, children, below }] of shown.entries()) {
      const expanded = children.length > 0 && (wanted !== '' || !collapsed.has(orgUnit.orgUnitId));
      rows.push({ orgUnit, level, position: index + 1, siblings: shown.length, below, expanded });
      if (expanded) add(children, level + 1);
    }
  };
  add(tree.roots, 1);
  return rows;
}

function matches({ orgUnit, children }: Node, wanted: string): boolean {
  return orgUnit.name.toLocaleLowerCase().includes(wanted) || children.some((child) => matches(child, wanted));
}
