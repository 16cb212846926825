// A small account with awkward documents, made from a seed.
import { createHash } from 'node:crypto';
import { MIB } from '@account-backups/contracts';

export interface LaboratoryFile {
  readonly fileId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

const names = [
  'Handling of samples.pdf',
  'CON.txt',
  '..\\..\\x.csv',
  'Überprüfung <Teil 1>.docx',
  '試料の取り扱い.txt',
  'معايرة الموازين.txt',
  '🧪 reagents.html',
  `${'very long '.repeat(25)}.csv`,
  'same.txt',
  'SAME.txt',
  '=cmd|calc.csv',
  'empty.txt',
];

/** Compressible, incompressible or empty; the same number always gives the same content. */
function contentOf(number: number, sizeBytes: number): Buffer {
  if (sizeBytes === 0) return Buffer.alloc(0);
  if (number % 2 === 0) return Buffer.alloc(sizeBytes, `line ${number} of a form that repeats itself\n`);
  const blocks: Buffer[] = [];
  for (let at = 0; at < sizeBytes; at += 64) blocks.push(createHash('sha512').update(`${number} ${at}`).digest());
  return Buffer.concat(blocks).subarray(0, sizeBytes);
}

function sizeOf(number: number): number {
  if (number % 12 === 11) return 0;
  if (number % 50 === 7) return 6 * MIB + number;
  return 200 + ((number * 7_919) % 60_000);
}

export const files: readonly LaboratoryFile[] = Array.from({ length: 240 }, (_, number) => ({
  fileId: `file-${number}`,
  fileName: names[number % names.length] ?? 'x',
  mediaType: 'application/octet-stream',
  content: contentOf(number, sizeOf(number)),
}));

export const directory = {
  name: 'Prüflabor Süd & Co.',
  timeZone: 'Europe/Berlin',
  facilities: [
    { facilityId: 'north', name: 'North' },
    { facilityId: 'south', name: 'Süd / West' },
  ],
  orgUnits: [
    { orgUnitId: 'chem', name: 'Chemistry', facilityId: 'north' },
    { orgUnitId: 'chem-water', name: 'Water', parentOrgUnitId: 'chem' },
    { orgUnitId: 'bio', name: 'Biology', facilityId: 'south' },
    { orgUnitId: 'nul', name: 'NUL', facilityId: 'south' },
  ],
  roles: [{ roleId: 'reader', name: 'Reader', permissions: ['Documents:Read'] }],
  users: [
    { userId: 'sia', name: 'Sia Admin', email: 'sia@lab.example', active: true, siteAdmin: true, facilityAdminOf: [] },
    { userId: 'max', name: 'Max', email: 'max@lab.example', active: true, siteAdmin: false, facilityAdminOf: [] },
    { userId: 'ona', name: 'Ona', email: 'ona@lab.example', active: true, siteAdmin: false, facilityAdminOf: [] },
  ],
  userGroups: [
    {
      userGroupId: 'editors',
      name: 'Editors',
      memberIds: ['max'],
      grants: [{ roleId: 'administration-editor', orgUnitIds: ['chem'], includeSubUnits: true }],
    },
  ],
};

const states = ['superseded', 'authorised', 'draft', 'pending_release', 'awaiting_authorisation'];

/** One document per two files: an older and a newer version. The last one names a file that never arrives. */
export const documents = Array.from({ length: files.length / 2 }, (_, number) => ({
  documentId: `doc-${number}`,
  index: `SOP-${String(number).padStart(3, '0')}`,
  title: number % 9 === 0 ? `=HYPERLINK("x") <b>Title</b> ${number}` : `Procedure ${number}`,
  type: 'SOP',
  active: number % 10 !== 3,
  orgUnitIds: [['chem', 'chem-water', 'bio', 'nul'][number % 4] ?? 'chem', ...(number % 7 === 0 ? ['bio'] : [])],
  owners: ['Sia Admin'],
  authors: ['Max'],
  versions: [0, 1].map((which) => {
    const file = files[number * 2 + which];
    return {
      versionId: `v-${number}-${which}`,
      number: `${which + 1}.0`,
      state: which === 0 ? 'superseded' : states[1 + (number % 4)],
      createdAt: '2025-03-04T05:06:07Z',
      fileId: number === 119 && which === 1 ? 'file-that-never-came' : file?.fileId,
      fileName: file?.fileName,
      mediaType: file?.mediaType,
      attachments: [],
    };
  }),
}));
