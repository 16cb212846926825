import { DocumentPlanner, OrgUnitFolders } from '@account-backups/bag';
import { registeredDocument, type RegisteredDocument } from '@account-backups/contracts';
import { accountedRecord } from './accounted-record.js';

const orgUnits = [{ orgUnitId: 'chem', name: 'Chemistry', parentOrgUnitId: null, facilityId: null }];
const folders = new OrgUnitFolders({ facilities: [], orgUnits }, 'root');
const planner = new DocumentPlanner({ bagRoot: 'lab', folders, expectedDocuments: 1 });
const version = { number: '1', state: 'draft', createdAt: '2026-03-01T09:30:00Z' };

function aDocument(differences: object): RegisteredDocument {
  const names = { documentId: 'doc-7', index: 'SOP-007', title: 'Title', type: 'SOP' };
  const versions = [{ versionId: 'v1', ...version }];
  return registeredDocument.parse({ ...names, orgUnitIds: ['chem'], versions, ...differences });
}

describe('the record of a document', () => {
  it('is planned', () => {
    const document = aDocument({});
    const record = accountedRecord(planner, { document, versions: document.versions, contentOf: () => null });
    expect(record).toMatchObject({ versionIds: ['v1'], orgUnitIds: ['chem'] });
  });

  it.each([
    ['lies in no chosen OU', aDocument({ orgUnitIds: ['other'] }), 1],
    ['has a version too many', aDocument({ versions: [1, 2].map(() => ({ versionId: 'v1', ...version })) }), 1],
  ])('of one that %s is refused by its name', (_, document, count) => {
    const versions = document.versions.slice(0, count);
    expect(() => accountedRecord(planner, { document, versions, contentOf: () => null })).toThrow(
      expect.objectContaining({ code: 'SOURCE_UNUSABLE', details: { documentId: 'doc-7', index: 'SOP-007' } }),
    );
  });
});
