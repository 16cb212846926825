import fc from 'fast-check';
import { placeOrgUnits, type OrgUnit } from './org-unit-tree.js';

// a parent has a smaller number than its child, so that there is no circle
const trees = fc.array(fc.option(fc.nat(), { nil: null }), { maxLength: 40 }).map((parents) =>
  parents.map((parent, at): OrgUnit => ({
    orgUnitId: `u${at}`,
    name: `unit ${at}`,
    parentOrgUnitId: parent === null || at === 0 ? null : `u${parent % at}`,
  })),
);

const isBelow = (units: readonly OrgUnit[], orgUnitId: string, top: string): boolean => {
  if (orgUnitId === top) return true;
  const parent = units.find((unit) => unit.orgUnitId === orgUnitId)?.parentOrgUnitId;
  return typeof parent === 'string' && isBelow(units, parent, top);
};

describe('placeOrgUnits', () => {
  it('gives each unit and all below it consecutive places that no other unit has', () => {
    fc.assert(
      fc.property(trees, (units) => {
        const placed = placeOrgUnits(units);
        for (const top of placed) {
          const inside = placed.filter(({ place }) => place >= top.place && place <= top.lastPlace);
          const below = placed.filter(({ orgUnitId }) => isBelow(units, orgUnitId, top.orgUnitId));
          expect(inside).toEqual(below);
        }
      }),
    );
  });

  it('does not depend on the order in which units are listed', () => {
    const shuffledTwice = trees.chain((units) =>
      fc.tuple(fc.constant(units), fc.shuffledSubarray(units, { minLength: units.length })),
    );
    fc.assert(
      fc.property(shuffledTwice, ([units, shuffled]) => {
        expect(placeOrgUnits(shuffled)).toEqual(placeOrgUnits(units));
      }),
    );
  });

  it('lets a unit inherit the facility from as far up as it takes', () => {
    const placed = placeOrgUnits([
      { orgUnitId: 'leaf', name: 'leaf', parentOrgUnitId: 'middle' },
      { orgUnitId: 'middle', name: 'middle', parentOrgUnitId: 'top' },
      { orgUnitId: 'top', name: 'top', facilityId: 'f' },
    ]);
    expect(placed.map(({ facilityId }) => facilityId)).toEqual(['f', 'f', 'f']);
  });

  it('numbers a chain of any length', () => {
    const chain = Array.from({ length: 50_000 }, (_, at) => ({
      orgUnitId: `u${at}`,
      name: 'u',
      parentOrgUnitId: at > 0 ? `u${at - 1}` : null,
    }));
    expect(placeOrgUnits(chain).at(0)).toMatchObject({ orgUnitId: 'u0', place: 0, lastPlace: 49_999 });
  });
});
