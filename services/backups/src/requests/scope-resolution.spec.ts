import type { BackupRequest, PermittedOrgUnits } from '@account-backups/contracts';
import fc from 'fast-check';
import { resolveScope } from './scope-resolution.js';

const permitted: PermittedOrgUnits = {
  facilities: [
    { facilityId: 'north', name: 'North' },
    { facilityId: 'south', name: 'South' },
  ],
  orgUnits: [orgUnit('n1', 'north'), orgUnit('n2', 'north'), orgUnit('s1', 'south'), orgUnit('free', null)],
};

function orgUnit(orgUnitId: string, facilityId: string | null) {
  return { orgUnitId, name: orgUnitId.toUpperCase(), parentOrgUnitId: null, facilityId };
}

function asked(change: Partial<BackupRequest>): BackupRequest {
  return { includeActive: true, includeInactive: false, excludeSuperseded: false, ...change };
}

function resolvedIds(change: Partial<BackupRequest>): string[] {
  return idsOf(resolveScope(permitted, asked(change)).orgUnits);
}

function idsOf(orgUnits: PermittedOrgUnits['orgUnits']): string[] {
  return orgUnits.map(({ orgUnitId }) => orgUnitId);
}

describe('the scope of a request', () => {
  it('is everything permitted when nothing is chosen', () => {
    expect(resolvedIds({})).toEqual(['n1', 'n2', 's1', 'free']);
  });

  it('treats empty lists as nothing chosen', () => {
    expect(resolvedIds({ facilityIds: [], orgUnitIds: [] })).toHaveLength(4);
  });

  it('is exactly the chosen OUs', () => {
    expect(resolvedIds({ orgUnitIds: ['s1', 'free'] })).toEqual(['s1', 'free']);
  });

  it('is the whole facility where none of its OUs is chosen', () => {
    expect(resolvedIds({ facilityIds: ['north', 'south'], orgUnitIds: ['n2'] })).toEqual(['n2', 's1']);
  });

  it('keeps only the facilities that it touches', () => {
    expect(resolveScope(permitted, asked({ orgUnitIds: ['s1'] })).facilities).toEqual([
      { facilityId: 'south', name: 'South' },
    ]);
  });

  it.each([
    ['NOTHING_INCLUDED', { includeActive: false, facilityIds: ['moon'] }],
    ['FACILITY_NOT_PERMITTED', { facilityIds: ['moon'], orgUnitIds: ['mars'] }],
    ['ORG_UNIT_NOT_PERMITTED', { facilityIds: ['south'], orgUnitIds: ['n1', 'mars'] }],
    ['ORG_UNIT_OUTSIDE_FACILITIES', { facilityIds: ['south'], orgUnitIds: ['n1'] }],
    ['ORG_UNIT_OUTSIDE_FACILITIES', { facilityIds: ['south'], orgUnitIds: ['free'] }],
  ])('is refused with %s first', (code, change) => {
    expect(() => resolvedIds(change)).toThrow(expect.objectContaining({ code }));
  });

  it('is refused for a person who may back up nothing', () => {
    const nothing = { facilities: [], orgUnits: [] };
    expect(() => resolveScope(nothing, asked({ facilityIds: ['north'] }))).toThrow(
      expect.objectContaining({ code: 'PERMISSION_MISSING' }),
    );
  });

  it('never leaves what is permitted and is never empty', () => {
    const within = fc.subarray(permitted.orgUnits, { minLength: 1 }).chain((orgUnits) => {
      const facilities = permitted.facilities.filter(({ facilityId }) =>
        orgUnits.some((unit) => unit.facilityId === facilityId),
      );
      const request = fc.subarray(facilities.map(({ facilityId }) => facilityId)).chain((facilityIds) => {
        const reachable = orgUnits.filter(
          (unit) => facilityIds.length === 0 || facilityIds.includes(`${unit.facilityId}`),
        );
        return fc.record({ facilityIds: fc.constant(facilityIds), orgUnitIds: fc.subarray(idsOf(reachable)) });
      });
      return fc.record({ allowed: fc.constant({ facilities, orgUnits }), request });
    });
    fc.assert(
      fc.property(within, ({ allowed, request }) => {
        const ids = idsOf(resolveScope(allowed, asked(request)).orgUnits);
        expect(ids).not.toEqual([]);
        expect(idsOf(allowed.orgUnits)).toEqual(expect.arrayContaining(ids));
      }),
    );
  });

  it('is refused whenever one of the chosen OUs lies in none of the chosen facilities', () => {
    const facilityIds = fc.subarray(['north', 'south'], { minLength: 1 });
    fc.assert(
      fc.property(facilityIds, fc.subarray(permitted.orgUnits), (chosen, orgUnits) => {
        fc.pre(orgUnits.some(({ facilityId }) => !chosen.includes(`${facilityId}`)));
        expect(() => resolvedIds({ facilityIds: chosen, orgUnitIds: idsOf(orgUnits) })).toThrow(
          expect.objectContaining({ code: 'ORG_UNIT_OUTSIDE_FACILITIES' }),
        );
      }),
    );
  });

  it('is refused whenever one of the chosen OUs is not permitted', () => {
    fc.assert(
      fc.property(fc.subarray(permitted.orgUnits, { minLength: 1, maxLength: 3 }), (orgUnits) => {
        const allowed = { facilities: [], orgUnits };
        const orgUnitIds = idsOf(permitted.orgUnits);
        expect(() => resolveScope(allowed, asked({ orgUnitIds }))).toThrow(
          expect.objectContaining({ code: 'ORG_UNIT_NOT_PERMITTED' }),
        );
      }),
    );
  });
});
