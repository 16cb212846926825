import { ADMINISTRATION_EDITOR, MANAGE_BACKUPS } from '@account-backups/contracts';
import type { DemoAccount } from '../demo-account.js';

const facilities = [
  { facilityId: 'camden', name: 'Camden Central Laboratory' },
  { facilityId: 'leeds', name: 'Leeds Infection Sciences' },
  { facilityId: 'cardiff', name: 'Canolfan Caerdydd · Cardiff Cellular Pathology' },
];

/** Id, name, place: a facility for a root, else the parent OU. */
const units: readonly (readonly [string, string, { readonly in: string } | { readonly under: string }])[] = [
  ['cam-quality', 'Quality Management', { in: 'camden' }],
  ['cam-chemistry', 'Clinical Chemistry', { in: 'camden' }],
  ['cam-automated', 'Automated Chemistry', { under: 'cam-chemistry' }],
  ['cam-toxicology', 'Toxicology & Therapeutic Drug Monitoring', { under: 'cam-chemistry' }],
  ['cam-lcms', 'LC-MS/MS Suite', { under: 'cam-toxicology' }],
  ['cam-poct', 'Point-of-Care Testing', { under: 'cam-chemistry' }],
  ['cam-haematology', 'Haematology', { in: 'camden' }],
  ['cam-coagulation', 'Coagulation', { under: 'cam-haematology' }],
  ['cam-morphology', 'Blood Film Morphology', { under: 'cam-haematology' }],
  ['cam-transfusion', 'Blood Transfusion', { in: 'camden' }],
  ['cam-reception', 'Specimen Reception', { in: 'camden' }],
  ['cam-training', 'Training & Competence', { in: 'camden' }],
  ['lds-quality', 'Quality Management', { in: 'leeds' }],
  ['lds-microbiology', 'Microbiology', { in: 'leeds' }],
  ['lds-bacteriology', 'Bacteriology', { under: 'lds-microbiology' }],
  ['lds-resistance', 'Antimicrobial Resistance', { under: 'lds-bacteriology' }],
  ['lds-mycology', 'Mycology & Parasitology', { under: 'lds-microbiology' }],
  ['lds-containment', 'Containment Level 3', { under: 'lds-microbiology' }],
  ['lds-virology', 'Virology', { in: 'leeds' }],
  ['lds-molecular', 'Molecular Virology', { under: 'lds-virology' }],
  ['lds-media', 'Media Preparation', { in: 'leeds' }],
  ['lds-safety', 'Health, Safety & Environment', { in: 'leeds' }],
  ['lds-partners', '共同研究 · Partner Studies', { in: 'leeds' }],
  ['cdf-quality', 'Quality Management', { in: 'cardiff' }],
  ['cdf-histology', 'Histopathology', { in: 'cardiff' }],
  ['cdf-immuno', 'Immunohistochemistry', { under: 'cdf-histology' }],
  ['cdf-dissection', 'Dissection & Embedding', { under: 'cdf-histology' }],
  ['cdf-cytology', 'Cytology', { in: 'cardiff' }],
  ['cdf-digital', 'Digital Pathology 🔬', { in: 'cardiff' }],
  ['cdf-mortuary', 'Mortuary', { in: 'cardiff' }],
  ['cdf-estates', 'Estates & Equipment', { in: 'cardiff' }],
];

const person = (userId: string, name: string, more: object = {}) => ({
  userId,
  name,
  email: `${userId}@northfield.example`,
  active: true,
  siteAdmin: false,
  facilityAdminOf: [],
  ...more,
});

const users = [
  person('ada', 'Ada Okonkwo', { siteAdmin: true }),
  person('felix', 'Felix Brandt', { facilityAdminOf: ['camden'] }),
  person('mona', 'Mona Haddad'),
  person('otto', 'Otto Lindqvist'),
  person('priya', 'Priya Raman'),
  person('tomasz', 'Tomasz Wójcik'),
  person('yuki', 'Yuki Tanaka (田中 由紀)'),
  person('sean', 'Seán Ó Briain'),
  person('leila', 'Leila Rezaei (لیلا رضایی)'),
  person('grace', 'Grace Adeyemi', { facilityAdminOf: ['leeds', 'cardiff'] }),
  person('dmytro', 'Dmytro Kovalenko (Дмитро Коваленко)'),
  // left the company: her name stays in documents, her login does not work
  person('ingrid', 'Ingrid Søndergaard', { active: false }),
];

const roles = [
  { roleId: 'backup-keeper', name: 'Backup Keeper', permissions: [MANAGE_BACKUPS] },
  { roleId: 'author', name: 'Author', permissions: ['Documents:View', 'Documents:Edit Drafts'] },
  { roleId: 'reader', name: 'Reader', permissions: ['Documents:View'] },
];

const userGroups = [
  {
    userGroupId: 'chemistry-administration',
    name: 'Chemistry Administration',
    memberIds: ['mona', 'ingrid'],
    grants: [
      { roleId: ADMINISTRATION_EDITOR, orgUnitIds: ['cam-chemistry'], includeSubUnits: true },
      { roleId: 'backup-keeper', orgUnitIds: ['lds-media', 'cdf-estates'], includeSubUnits: false },
    ],
  },
  {
    userGroupId: 'infection-backups',
    name: 'Infection Sciences · Sicherungen',
    memberIds: ['priya', 'yuki'],
    grants: [{ roleId: 'backup-keeper', orgUnitIds: ['lds-microbiology', 'lds-partners'], includeSubUnits: false }],
  },
  {
    userGroupId: 'authors',
    name: 'Authors',
    memberIds: ['tomasz', 'sean', 'leila', 'dmytro', 'priya'],
    grants: [
      { roleId: 'author', orgUnitIds: ['cam-haematology', 'lds-virology', 'cdf-histology'], includeSubUnits: true },
    ],
  },
  {
    userGroupId: 'readers',
    name: 'All Staff',
    memberIds: users.map(({ userId }) => userId),
    grants: [{ roleId: 'reader', orgUnitIds: units.map(([orgUnitId]) => orgUnitId), includeSubUnits: false }],
  },
];

export const northfieldDirectory: DemoAccount['directory'] = {
  name: 'Northfield Diagnostics',
  timeZone: 'Europe/London',
  facilities,
  orgUnits: units.map(([orgUnitId, name, place]) =>
    'in' in place
      ? { orgUnitId, name, facilityId: place.in, parentOrgUnitId: null }
      : { orgUnitId, name, parentOrgUnitId: place.under },
  ),
  roles,
  users,
  userGroups,
};
