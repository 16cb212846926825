import { MANAGE_BACKUPS } from '@account-backups/contracts';
import { backupRoles, permittedPlaces } from './permitted-places.js';

const subtrees = new Map([
  ['top', { place: 0, lastPlace: 4 }],
  ['leaf', { place: 2, lastPlace: 2 }],
]);

describe('backupRoles', () => {
  it('counts the system role and the roles that name the permission, to the letter', () => {
    const roles = [
      { roleId: 'keeper', name: 'Keeper', permissions: ['Kitchen:Cook', MANAGE_BACKUPS] },
      { roleId: 'close', name: 'Close', permissions: [MANAGE_BACKUPS.toLowerCase()] },
    ];
    expect([...backupRoles(roles)]).toEqual(['administration-editor', 'keeper']);
  });
});

describe('permittedPlaces', () => {
  it('takes the unit alone, or with all below it', () => {
    const grants = [
      { roleId: 'keeper', orgUnitIds: ['top'], includeSubUnits: false },
      { roleId: 'keeper', orgUnitIds: ['top', 'leaf'], includeSubUnits: true },
    ];
    expect(permittedPlaces(grants, new Set(['keeper']), subtrees)).toBe('{[0,0],[0,4],[2,2]}');
  });

  it('gives nothing for a role that does not allow backups', () => {
    const grants = [{ roleId: 'reader', orgUnitIds: ['top'], includeSubUnits: true }];
    expect(permittedPlaces(grants, new Set(['keeper']), subtrees)).toBe('{}');
  });
});
