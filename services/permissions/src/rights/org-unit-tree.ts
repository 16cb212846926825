import type { Directory } from '@account-backups/contracts';

export type OrgUnit = Directory['orgUnits'][number];

export interface PlacedOrgUnit {
  readonly orgUnitId: string;
  readonly name: string;
  readonly facilityId: string | null;
  readonly parentOrgUnitId: string | null;
  /** A unit and all below it have exactly the places from `place` to `lastPlace`. */
  readonly place: number;
  readonly lastPlace: number;
}

/**
 * The units ordered so that each comes right before all units below it, whatever order they are given in. A unit with
 * an unknown parent counts as a root; units whose parents form a circle are left out.
 */
export function parentsFirst(orgUnits: readonly OrgUnit[]): OrgUnit[] {
  const ids = new Set(orgUnits.map(({ orgUnitId }) => orgUnitId));
  const descending = [...orgUnits].sort((a, b) => (a.orgUnitId < b.orgUnitId ? 1 : -1));
  const waiting: OrgUnit[] = [];
  const children = new Map<string, OrgUnit[]>();
  for (const unit of descending) {
    const parent = unit.parentOrgUnitId;
    const siblings = typeof parent === 'string' && ids.has(parent) ? listAt(children, parent) : waiting;
    siblings.push(unit);
  }
  const ordered: OrgUnit[] = [];
  // an explicit stack: a chain of parents may be longer than the call stack
  for (let unit = waiting.pop(); unit; unit = waiting.pop()) {
    ordered.push(unit);
    for (const child of children.get(unit.orgUnitId) ?? []) waiting.push(child);
  }
  return ordered;
}

/** Numbers the units of a directory without faults, and says which facility each lies in. */
export function placeOrgUnits(orgUnits: readonly OrgUnit[]): PlacedOrgUnit[] {
  const ordered = parentsFirst(orgUnits);
  const facilities = facilitiesOf(ordered);
  const sizes = subtreeSizes(ordered);
  return ordered.map(({ orgUnitId, name, parentOrgUnitId }, place) => ({
    orgUnitId,
    name,
    facilityId: facilities.get(orgUnitId) ?? null,
    parentOrgUnitId: parentOrgUnitId ?? null,
    place,
    lastPlace: place + (sizes.get(orgUnitId) ?? 1) - 1,
  }));
}

/** The facility of each unit: its own, or else the parent's. Expects parents first. */
export function facilitiesOf(ordered: readonly OrgUnit[]): ReadonlyMap<string, string | null> {
  const facilities = new Map<string, string | null>();
  for (const { orgUnitId, facilityId, parentOrgUnitId } of ordered) {
    const inherited = typeof parentOrgUnitId === 'string' ? facilities.get(parentOrgUnitId) : undefined;
    facilities.set(orgUnitId, facilityId ?? inherited ?? null);
  }
  return facilities;
}

/** How deep each unit lies: 1 for one without a parent. Expects parents first. */
export function depthsOf(ordered: readonly OrgUnit[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const { orgUnitId, parentOrgUnitId } of ordered) {
    depths.set(orgUnitId, (depths.get(parentOrgUnitId ?? '') ?? 0) + 1);
  }
  return depths;
}

function subtreeSizes(ordered: readonly OrgUnit[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { orgUnitId, parentOrgUnitId } of ordered.toReversed()) {
    const size = (sizes.get(orgUnitId) ?? 0) + 1;
    sizes.set(orgUnitId, size);
    if (typeof parentOrgUnitId === 'string') sizes.set(parentOrgUnitId, (sizes.get(parentOrgUnitId) ?? 0) + size);
  }
  return sizes;
}

function listAt(lists: Map<string, OrgUnit[]>, key: string): OrgUnit[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
