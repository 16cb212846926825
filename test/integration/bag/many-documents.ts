// A reproducible register of any size, in which a document follows from its number.
import type { RegisteredDocument, RegisteredVersion } from '@account-backups/contracts';
import { aDocument, aVersion } from '../../../libs/bag/src/testing/documents.js';
import { anOrgUnit } from '../../../libs/bag/src/testing/org-units.js';

const types = ['SOP', 'Policy', 'Form', 'Work instruction', 'Guideline'];
const prefixes = ['SOP', 'POL', 'FRM', 'WI', 'GL'];
const topics = [
  'Handling of samples',
  'Cleaning of rooms',
  'Calibration of balances',
  'Release of medicinal products',
  'Training of staff',
  'Management of deviations',
  'Waste disposal',
  'سياسة حماية البيانات',
  '試料の取り扱い',
  'Überprüfung der Kühlkette',
  '<b>Bold</b> & "quoted" claims',
  'Emergency procedures 🚨',
];
const states = ['authorised', 'draft', 'pending_release', 'awaiting_authorisation', 'superseded'] as const;
const units = ['lab', 'chem', 'ward', 'pharm'];

export const scope = {
  facilities: [
    { facilityId: 'north', name: 'Northfield General' },
    { facilityId: 'south', name: 'Southgate Clinic' },
  ],
  orgUnits: [
    anOrgUnit({ orgUnitId: 'lab', name: 'Laboratory', facilityId: 'north' }),
    anOrgUnit({ orgUnitId: 'chem', name: 'Clinical chemistry', facilityId: 'north', parentOrgUnitId: 'lab' }),
    anOrgUnit({ orgUnitId: 'ward', name: 'Ward 4', facilityId: 'south' }),
    anOrgUnit({ orgUnitId: 'pharm', name: 'Pharmacy', facilityId: 'south' }),
  ],
};

const at = <T>(list: readonly T[], number: number): T => list[number % list.length] as T;

/** Document `number`: its index ends in number + 1, its type, topic, state and OU follow from the number. */
export function documentOf(number: number): RegisteredDocument {
  const orgUnitIds = number % 6 === 0 ? [at(units, number), at(units, number + 1)] : [at(units, number)];
  return aDocument({
    documentId: `d${String(number).padStart(7, '0')}`,
    index: `${at(prefixes, number)}-${number + 1}`,
    title: number === 7 ? 'x'.repeat(300) : `${at(topics, number)} (part ${Math.floor(number / topics.length) + 1})`,
    type: at(types, number),
    category: at(['Laboratory', 'Quality', 'Ward'], number),
    active: number % 9 !== 2,
    orgUnitIds,
    versions: versionsOf(number),
  });
}

function versionsOf(number: number): RegisteredVersion[] {
  if (number % 17 === 3) return [];
  const externalUrl = 'https://example.org/standards/iso-15189';
  if (number % 13 === 5) return [aVersion({ versionId: `v${number}`, fileId: null, fileName: null, externalUrl })];
  const old = { versionId: `o${number}`, number: '1.0', state: 'superseded', fileId: `of${number}` } as const;
  const attachments = number % 7 === 0 ? [{ fileId: `af${number}`, fileName: 'Checklist 🗒.txt' }] : [];
  const now = { versionId: `v${number}`, number: '2.0', state: at(states, number), fileId: `f${number}`, attachments };
  const fileName = `${at(topics, number)}.txt`;
  return [...(number % 3 === 0 ? [aVersion({ ...old, fileName })] : []), aVersion({ ...now, fileName })];
}

/** The contents of these documents' files; some never arrived. */
export function contentsOf(documents: readonly RegisteredDocument[]): ReadonlyMap<string, Buffer> {
  const fileIds = documents.flatMap(({ versions }) =>
    versions.flatMap(({ fileId, attachments }) => [...(fileId ? [fileId] : []), ...attachments.map((a) => a.fileId)]),
  );
  const came = fileIds.filter((fileId) => !fileId.startsWith('f') || Number(fileId.slice(1)) % 29 !== 4);
  return new Map(came.map((fileId) => [fileId, Buffer.from(`content of ${fileId}\n`)]));
}
