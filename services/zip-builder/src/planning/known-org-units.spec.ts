import { knownOrgUnits } from './known-org-units.js';

const options = { includeActive: true, includeInactive: true, excludeSuperseded: false };
const selection = { orgUnitIds: ['removed', 'kept'], ...options };
const orgUnitIds = ['kept', 'new'];

describe('the OUs that are known', () => {
  it('are those of the frozen set and those of now, when a Site Admin backs up all', () => {
    const known = knownOrgUnits({ allOrgUnits: true, selection }, { siteAdmin: true, orgUnitIds });
    expect(known).toEqual(['removed', 'kept', 'new']);
  });

  it.each([
    ['some OUs', false, true],
    ['all OUs by somebody else', true, false],
  ])('are nobody’s to ask for in a backup of %s', (_what, allOrgUnits, siteAdmin) => {
    expect(knownOrgUnits({ allOrgUnits, selection }, { siteAdmin, orgUnitIds })).toBeNull();
  });
});
