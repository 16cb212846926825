import { asSeen } from './permitted-org-units.js';

const unit = (orgUnitId: string, name: string, parentOrgUnitId: string | null = null) => ({
  orgUnitId,
  name,
  parentOrgUnitId,
  facilityId: null,
});

describe('asSeen', () => {
  it('names no parent that the person may not back up', () => {
    const { orgUnits } = asSeen({
      facilities: [],
      orgUnits: [unit('a', 'A'), unit('b', 'B', 'a'), unit('c', 'C', 'z')],
    });
    expect(orgUnits.map(({ parentOrgUnitId }) => parentOrgUnitId)).toEqual([null, 'a', null]);
  });

  it('orders by name as people do, then by id', () => {
    const orgUnits = [
      unit('1', 'Ward 10'),
      unit('3', 'Ward 2'),
      unit('2', 'Ward 2'),
      unit('4', 'Àtic'),
      unit('5', 'zoo'),
    ];
    const facilities = [
      { facilityId: 'g', name: 'same' },
      { facilityId: 'f', name: 'same' },
    ];
    const seen = asSeen({ facilities, orgUnits });
    expect(seen.orgUnits.map(({ orgUnitId }) => orgUnitId)).toEqual(['4', '2', '3', '1', '5']);
    expect(seen.facilities.map(({ facilityId }) => facilityId)).toEqual(['f', 'g']);
  });
});
