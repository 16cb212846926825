import fc from 'fast-check';
import { anyText } from '../testing/hostile-text.js';
import { anOrgUnit } from '../testing/org-units.js';
import { OrgUnitFolders } from './org-unit-folders.js';
import { foldName } from './taken-names.js';

/** The longest one. */
const ROOT = 'r'.repeat(38);
const facilities = [
  { facilityId: 'n', name: 'North' },
  { facilityId: 's', name: 'South' },
];

describe('OrgUnitFolders', () => {
  it('stores a document under its first OU by path and lists all that were chosen', () => {
    const folders = new OrgUnitFolders(
      {
        facilities,
        orgUnits: [
          anOrgUnit({ orgUnitId: '1', name: 'Wards', facilityId: 's' }),
          anOrgUnit({ orgUnitId: '2', name: 'Wards', facilityId: 'n' }),
        ],
      },
      ROOT,
    );
    expect(folders.placementOf(['1', 'elsewhere', '2'])).toEqual({
      folder: 'data/documents/North/Wards',
      orgUnitIds: ['2', '1'],
    });
  });

  it('leaves the facility level out where there is none', () => {
    const folders = new OrgUnitFolders(
      { facilities: [], orgUnits: [anOrgUnit({ orgUnitId: '1', name: 'Wards' })] },
      ROOT,
    );
    expect(folders.placementOf(['1']).folder).toBe('data/documents/Wards');
  });

  it('keeps an OU without a facility apart from a facility of its name', () => {
    const folders = new OrgUnitFolders(
      {
        facilities,
        orgUnits: [
          anOrgUnit({ orgUnitId: '1', name: 'Wards', facilityId: 'n' }),
          anOrgUnit({ orgUnitId: '2', name: 'NORTH' }),
        ],
      },
      ROOT,
    );
    expect(folders.placementOf(['2']).folder).toMatch(/^data\/documents\/NORTH~[0-9a-f]{6}$/);
  });

  it('tells nested OUs of one name apart', () => {
    const folders = new OrgUnitFolders(
      {
        facilities: [],
        orgUnits: [
          anOrgUnit({ orgUnitId: '1', name: 'Quality' }),
          anOrgUnit({ orgUnitId: '2', name: 'quality', parentOrgUnitId: '1' }),
        ],
      },
      ROOT,
    );
    expect(folders.placementOf(['1']).folder).toBe('data/documents/Quality');
    expect(folders.placementOf(['2']).folder).toMatch(/^data\/documents\/quality~[0-9a-f]{6}$/);
    expect(folders.namesOf('2')).toEqual(['Quality', 'quality']);
  });

  it('does not hang on OUs that are their own ancestors', () => {
    const folders = new OrgUnitFolders(
      {
        facilities: [],
        orgUnits: [
          anOrgUnit({ orgUnitId: '1', name: 'A', parentOrgUnitId: '2' }),
          anOrgUnit({ orgUnitId: '2', name: 'B', parentOrgUnitId: '1' }),
        ],
      },
      ROOT,
    );
    expect(folders.namesOf('1')).toEqual(['B', 'A']);
  });

  it('tells no longer way to an OU than may be registered', () => {
    const orgUnits = Array.from({ length: 10_000 }, (_, at) =>
      anOrgUnit({ orgUnitId: `${at}`, name: `L${at}`, parentOrgUnitId: at === 0 ? null : `${at - 1}` }),
    );
    const folders = new OrgUnitFolders({ facilities: [], orgUnits }, ROOT);
    expect(folders.namesOf('9999')).toEqual(Array.from({ length: 100 }, (_, at) => `L${9_900 + at}`));
  });

  it('shares the room out by need, and cuts between words', () => {
    const folderOf = (facility: string, ...names: readonly string[]) => {
      const orgUnits = names.map((name, at) => anOrgUnit({ orgUnitId: `${at}`, name, facilityId: 'f' }));
      const folders = new OrgUnitFolders({ facilities: [{ facilityId: 'f', name: facility }], orgUnits }, ROOT);
      return names.map((_, at) => folders.placementOf([`${at}`]).folder.replace('data/documents/', ''));
    };
    expect(folderOf('Camden Central Laboratory', 'Ward 4')).toEqual(['Camden Central Laboratory/Ward 4']);
    expect(folderOf('North', 'Antimicrobial Resistance')).toEqual(['North/Antimicrobial Resistance']);
    expect(folderOf('Camden Central Laboratory', 'Toxicology & Therapeutic Drug Monitoring', 'Haematology')).toEqual([
      'Camden Central/Toxicology',
      'Camden Central/Haematology',
    ]);
  });

  it('have what a short root leaves', () => {
    const orgUnits = [anOrgUnit({ orgUnitId: '1', name: 'Quality Management of Cellular Pathology' })];
    const folderBelow = (root: string) =>
      new OrgUnitFolders({ facilities: [], orgUnits }, root).placementOf(['1']).folder;
    expect(folderBelow(ROOT)).toBe('data/documents/Quality Management~Pathology');
    expect(folderBelow('acme_20251123T160400Z_1a2b3c4d')).toMatch(/Quality Management of Cellular Pathology$/);
  });

  it('refuses a document of other OUs', () => {
    const folders = new OrgUnitFolders({ facilities: [], orgUnits: [] }, ROOT);
    expect(() => folders.placementOf(['x'])).toThrow('lies in no chosen OU');
  });

  it('does not depend on the order in which the OUs come', () => {
    const orgUnits = ['a', 'b', 'c'].map((orgUnitId) => anOrgUnit({ orgUnitId, name: 'Same' }));
    const there = new OrgUnitFolders({ facilities: [], orgUnits }, ROOT);
    const back = new OrgUnitFolders({ facilities: [], orgUnits: orgUnits.toReversed() }, ROOT);
    expect(back.placementOf(['b'])).toEqual(there.placementOf(['b']));
  });

  it('gives any OUs short folders of their own', () => {
    const unit = fc.record({ name: anyText, facilityId: fc.constantFrom('n', 's', null) });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 20 }), anyText, (units, name) => {
        const orgUnits = units.map((each, at) => anOrgUnit({ ...each, orgUnitId: `${at}` }));
        const folders = new OrgUnitFolders(
          {
            facilities: [{ facilityId: 'n', name }, ...facilities.slice(1)],
            orgUnits,
          },
          ROOT,
        );
        const all = orgUnits.map(({ orgUnitId }) => folders.placementOf([orgUnitId]).folder);
        expect(new Set(all.map(foldName)).size).toBe(all.length);
        expect(all.filter(({ length }) => length > 'data/documents/'.length + 35)).toEqual([]);
      }),
    );
  });
});
