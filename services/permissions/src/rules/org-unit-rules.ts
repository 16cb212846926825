import { MAX_ORG_UNIT_DEPTH, type Directory, type InputFault } from '@account-backups/contracts';
import { depthsOf, facilitiesOf, parentsFirst, type OrgUnit } from '../rights/org-unit-tree.js';

const TOO_DEEP = `expected at most ${MAX_ORG_UNIT_DEPTH} OUs one in another, from the topmost to this one`;

/** Unknown facilities and parents, circles, chains that are too long, and facilities that differ from the parent's. */
export function* orgUnitFaults({ facilities, orgUnits }: Directory): Generator<InputFault> {
  const facilityIds = new Set(facilities.map(({ facilityId }) => facilityId));
  const orgUnitIds = new Set(orgUnits.map(({ orgUnitId }) => orgUnitId));
  const ordered = parentsFirst(orgUnits);
  const circular = onCircles(orgUnits, ordered);
  const facilityOf = facilitiesOf(ordered);
  const depths = depthsOf(ordered);
  for (const [at, unit] of orgUnits.entries()) {
    const { facilityId, parentOrgUnitId: parent } = unit;
    const fault = (key: keyof OrgUnit, message: string) => ({ path: `orgUnits[${at}].${key}`, message });
    if (typeof facilityId === 'string' && !facilityIds.has(facilityId)) {
      yield fault('facilityId', `${facilityId} is no facility of this directory`);
    }
    if (typeof parent !== 'string') continue;
    if (!orgUnitIds.has(parent)) yield fault('parentOrgUnitId', `${parent} is no OU of this directory`);
    else if (circular.has(unit.orgUnitId)) yield fault('parentOrgUnitId', 'the parents run in a circle');
    else if ((depths.get(unit.orgUnitId) ?? 0) > MAX_ORG_UNIT_DEPTH) yield fault('parentOrgUnitId', TOO_DEEP);
    else if (typeof facilityId === 'string' && facilityOf.has(parent) && facilityOf.get(parent) !== facilityId) {
      yield fault('facilityId', `expected ${facilityOf.get(parent) ?? 'none'}, as its parent ${parent} has`);
    }
  }
}

/** The units that are their own ancestors, without those that merely hang below a circle. */
function onCircles(orgUnits: readonly OrgUnit[], ordered: readonly OrgUnit[]): ReadonlySet<string> {
  const parents = new Map(orgUnits.map(({ orgUnitId, parentOrgUnitId }) => [orgUnitId, parentOrgUnitId]));
  const passed = new Set(ordered.map(({ orgUnitId }) => orgUnitId));
  const circular = new Set<string>();
  for (const { orgUnitId } of orgUnits) {
    const way = new Set<string>();
    let step: string | null | undefined = orgUnitId;
    for (; typeof step === 'string' && !passed.has(step); step = parents.get(step)) {
      passed.add(step);
      way.add(step);
    }
    for (; typeof step === 'string' && way.delete(step); step = parents.get(step)) circular.add(step);
  }
  return circular;
}
