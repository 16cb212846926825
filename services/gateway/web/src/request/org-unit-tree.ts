import type { OrgUnit } from '../api/client.js';

/** A line of the drawn tree. */
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

/** Whether a line is checked; `mixed` when only something below it is. */
export function checkedOf({ orgUnit, below }: TreeRow, chosen: ReadonlySet<string>): boolean | 'mixed' {
  if (chosen.has(orgUnit.orgUnitId)) return true;
  return below.some((id) => chosen.has(id)) ? 'mixed' : false;
}

interface Node {
  readonly orgUnit: OrgUnit;
  /** In lower case, to compare with what is typed. */
  readonly name: string;
  readonly children: Node[];
  below: string[];
}

interface Tree {
  readonly roots: readonly Node[];
}

/** An OU whose parent is not among them, because the person may not back that up, stands at the top. */
export function treeOf(orgUnits: readonly OrgUnit[], locale: string): Tree {
  const nodes = new Map<string, Node>(
    orgUnits.map((orgUnit) => [
      orgUnit.orgUnitId,
      { orgUnit, name: orgUnit.name.toLocaleLowerCase(), children: [], below: [] },
    ]),
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
  /** Shows only OUs whose name contains this, and the OUs above them. */
  readonly text: string;
}

/** The lines to draw, parents before children. All that matches a text is unfolded. */
export function rowsOf(tree: Tree, { collapsed, text }: View): readonly TreeRow[] {
  const wanted = text.trim().toLocaleLowerCase();
  const matching = wanted === '' ? undefined : matchesIn(tree.roots, wanted);
  const rows: TreeRow[] = [];
  const add = (nodes: readonly Node[], level: number): void => {
    const shown = matching ? nodes.filter((node) => matching.has(node)) : nodes;
    for (const [index, { orgUnit, children, below }] of shown.entries()) {
      const expanded = children.length > 0 && (matching !== undefined || !collapsed.has(orgUnit.orgUnitId));
      rows.push({ orgUnit, level, position: index + 1, siblings: shown.length, below, expanded });
      if (expanded) add(children, level + 1);
    }
  };
  add(tree.roots, 1);
  return rows;
}

/** Every node with the text in its name or in the name of one below it. Linear at any depth. */
function matchesIn(nodes: readonly Node[], wanted: string, matching = new Set<Node>()): ReadonlySet<Node> {
  for (const node of nodes) {
    matchesIn(node.children, wanted, matching);
    if (node.name.includes(wanted) || node.children.some((child) => matching.has(child))) matching.add(node);
  }
  return matching;
}
