// An account whose every text tries to break something, and what an archive of it must hold: an independent model.
import { createHash } from 'node:crypto';

export interface HostileAttachment {
  readonly fileId: string;
  readonly fileName: string;
}
export interface HostileVersion {
  readonly versionId: string;
  readonly number: string;
  readonly state: 'draft' | 'awaiting_authorisation' | 'pending_release' | 'authorised' | 'superseded';
  readonly createdAt: string;
  readonly authorisedAt?: string;
  readonly authorisedBy?: string;
  readonly fileId?: string;
  readonly fileName?: string;
  readonly mediaType?: string;
  readonly externalUrl?: string;
  readonly attachments?: readonly HostileAttachment[];
}
export interface HostileDocument {
  readonly documentId: string;
  readonly index: string;
  readonly title: string;
  readonly type: string;
  readonly active: boolean;
  readonly orgUnitIds: readonly string[];
  readonly owners: readonly string[];
  readonly authors: readonly string[];
  readonly nextReviewAt?: string;
  readonly versions: readonly HostileVersion[];
}

export const directory = {
  name: 'Ünïted "Labs" & <b>Söhne</b> 🧪',
  timeZone: 'Pacific/Chatham',
  facilities: [
    { facilityId: 'con', name: 'CON' },
    { facilityId: 'slash', name: 'North/South: "A" \\ B' },
  ],
  orgUnits: [
    { orgUnitId: 'dots', name: '..', facilityId: 'con' },
    { orgUnitId: 'aux', name: 'AUX', facilityId: 'con' },
    { orgUnitId: 'lower', name: 'chemistry', facilityId: 'slash' },
    { orgUnitId: 'upper', name: 'CHEMISTRY', facilityId: 'slash' },
    { orgUnitId: 'deep', name: '=1+1', parentOrgUnitId: 'lower' },
    { orgUnitId: 'rtl', name: 'قسم الجودة', facilityId: 'slash' },
    { orgUnitId: 'emoji', name: '👩🏽‍🔬 '.repeat(40).trim(), facilityId: 'slash' },
    { orgUnitId: 'other', name: 'not asked for', facilityId: 'slash' },
  ],
  roles: [],
  users: [
    { userId: 'sia', name: 'Sia <script>alert(1)</script>', active: true, siteAdmin: true, facilityAdminOf: [] },
    { userId: 'gone', name: 'Gone But Owner', active: false, siteAdmin: false, facilityAdminOf: [] },
  ],
  userGroups: [],
};

const fileNames = [
  'CON.pdf',
  '..\\..\\x',
  '../../etc/passwd',
  'nul',
  'invoice\u202Efdp.exe',
  'emoji 👩🏽‍🔬.docx',
  `${'long '.repeat(90)}.xlsx`,
  'COM¹.txt',
  '50%20off.pdf',
  'e\u0301.txt',
  '\u00C9.TXT',
  ' . ',
  '<img src=x onerror=alert(1)>.html',
  'a:b*c?.csv',
  '=cmd|calc.csv',
  '.htaccess',
  'a.pdf;1',
  'a.pdf;2',
  'a.pdf',
  'x;\u0600=1.csv',
  '_vti_cnf.txt',
  'Panel.{21EC2020-3AEA-1069-A2DD-08002B30309D}',
  `${'日本語'.repeat(40)}.docx`,
];
const titles = [
  '=HYPERLINK("http://evil.example","click")',
  '<script>alert(1)</script>',
  '</title></script><!--',
  'سياسة حماية البيانات',
  'x'.repeat(300),
  '長い題名'.repeat(75),
  'same',
  'SAME',
  '@SUM(1+1)',
  '-2+3+cmd|calc',
  'two\r\nlines, "quoted"; and more\ttabs',
  'javascript:alert(1)',
  '\u202Eright to left override',
  '👩🏽‍🔬🧪'.repeat(20),
  '../../..',
  ' ',
  'Backup.app',
  'Minutes.rtfd',
  'desktop.ini',
  '~$lock',
  '_vti_',
  'v;1',
  '日'.repeat(200),
];
const states = ['draft', 'awaiting_authorisation', 'pending_release', 'authorised'] as const;
const units = ['dots', 'aux', 'lower', 'upper', 'deep', 'rtl', 'emoji', 'other'];
const createdAt = '2025-02-03T04:05:06Z';
const dates = [
  createdAt,
  '0001-01-01T00:00:00Z',
  '1900-01-01T00:00:00+14:00',
  '2108-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
];

const base = { owners: ['Gone But Owner', '=1+1'], authors: ['Sia <script>alert(1)</script>'] };

/** A title and file name each, in two OUs, with an older version and attachments of the same name. */
const usual = titles.map((title, number): HostileDocument => {
  const fileName = fileNames[number] ?? 'x';
  const state = states[number % states.length] ?? 'draft';
  const attachments = [
    { fileId: `att-${number}-a`, fileName },
    { fileId: `att-${number}-b`, fileName: fileName.toUpperCase() },
  ];
  const date = dates[number % dates.length] ?? createdAt;
  const old = { versionId: `old-${number}`, number: '1/0', state: 'superseded', createdAt: date } as const;
  const now = { versionId: `now-${number}`, number: '<2>', state, createdAt: date, authorisedBy: 'Gone "But" Owner' };
  return {
    documentId: `usual-${number}`,
    index: number % 2 === 0 ? 'SOP-1' : 'sop-1',
    title,
    type: `Type <${number % 3}>`,
    active: number % 4 !== 1,
    orgUnitIds: [units[number % units.length] ?? 'dots', units[(number + 3) % units.length] ?? 'aux'],
    ...base,
    nextReviewAt: '2027-01-31',
    versions: [
      { ...old, fileId: `old-file-${number}`, fileName },
      { ...now, fileId: `now-file-${number}`, fileName, attachments },
    ],
  };
});

const plain = { type: 'Policy', active: true, orgUnitIds: ['dots'], ...base };
const only = (documentId: string, versions: readonly HostileVersion[], differences: object = {}): HostileDocument => ({
  documentId,
  index: documentId,
  title: documentId,
  ...plain,
  ...differences,
  versions,
});
const version = (versionId: string, differences: object): HostileVersion => ({
  versionId,
  number: '1.0',
  state: 'authorised',
  createdAt,
  ...differences,
});

export const documents: readonly HostileDocument[] = [
  ...usual,
  only('never-a-version', []),
  only('external', [version('ext', { externalUrl: 'https://example.org/a?b=c&d="e"' })]),
  only('external-script', [version('ext-js', { externalUrl: 'javascript:alert(1)' })]),
  only('no-file', [version('bare', { state: 'draft' })]),
  only('attachments-alone', [version('atts', { attachments: [{ fileId: 'alone', fileName: 'alone.txt' }] })]),
  only('only-superseded', [version('sup', { state: 'superseded', fileId: 'sup-file', fileName: 's.txt' })]),
  only('inactive-superseded', [version('isup', { state: 'superseded', fileId: 'isup-file', fileName: 's.txt' })], {
    active: false,
  }),
  only('missing', [version('miss', { fileId: 'never-came', fileName: '=1+1.pdf' })]),
  only('missing-old', [
    version('miss-old', { state: 'superseded', fileId: 'never-came-either', fileName: 'x.pdf' }),
    version('miss-new', { number: '2.0', fileId: 'empty', fileName: 'empty.txt' }),
  ]),
  only('twice', [
    version('twice', { fileId: 'shared', fileName: 'a.txt', attachments: [{ fileId: 'shared', fileName: 'a.txt' }] }),
  ]),
  only('nameless', [version('nameless', { fileId: 'nameless-file', mediaType: 'application/pdf' })]),
  only('elsewhere', [version('else', { fileId: 'else-file', fileName: 'e.txt' })], { orgUnitIds: ['other'] }),
];

const NEVER_CAME = new Set(['never-came', 'never-came-either']);

function fileIdsOf({ fileId, attachments = [] }: HostileVersion): readonly string[] {
  return [...(fileId === undefined ? [] : [fileId]), ...attachments.map((each) => each.fileId)];
}

const allFileIds = new Set(documents.flatMap(({ versions }) => versions.flatMap(fileIdsOf)));

/** Contents by file id, without those that never arrived. */
export const contents: ReadonlyMap<string, Buffer> = new Map(
  [...allFileIds]
    .filter((fileId) => !NEVER_CAME.has(fileId))
    .map((fileId) => [fileId, Buffer.from(fileId === 'empty' ? '' : `content of ${fileId}\n`.repeat(30))]),
);

export interface Choice {
  readonly orgUnitIds?: readonly string[];
  readonly includeActive: boolean;
  readonly includeInactive: boolean;
  readonly excludeSuperseded: boolean;
}

export interface ExpectedContent {
  readonly documentIds: readonly string[];
  readonly versionIds: readonly string[];
  /** SHA-256 of each file in the archive, sorted; a file stored twice appears twice. */
  readonly fileHashes: readonly string[];
  readonly missingFileIds: readonly string[];
  /** Documents filed in the chosen OUs, whatever the options leave of them. */
  readonly expectedDocuments: number;
}

/** What the options select, worked out from the register alone. */
export function expectedOf({ orgUnitIds, includeActive, includeInactive, excludeSuperseded }: Choice): ExpectedContent {
  const filed = documents.filter(
    (document) => !orgUnitIds || document.orgUnitIds.some((id) => orgUnitIds.includes(id)),
  );
  const chosen = filed
    .filter(({ active }) => (active ? includeActive : includeInactive))
    .map(({ documentId, versions }) => ({
      documentId,
      had: versions.length,
      versions: versions.filter(({ state }) => !excludeSuperseded || state !== 'superseded'),
    }))
    .filter(({ had, versions }) => had === 0 || versions.length > 0);
  const versions = chosen.flatMap((document) => document.versions);
  const fileIds = versions.flatMap(fileIdsOf);
  const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');
  return {
    documentIds: chosen.map(({ documentId }) => documentId).toSorted(),
    versionIds: versions.map(({ versionId }) => versionId).toSorted(),
    fileHashes: fileIds
      .flatMap((fileId) => contents.get(fileId) ?? [])
      .map(hashOf)
      .toSorted(),
    missingFileIds: fileIds.filter((fileId) => !contents.has(fileId)).toSorted(),
    expectedDocuments: filed.length,
  };
}
