// What host systems register: accounts, documents and contents, made from the seed.
import { createCipheriv, createHash } from 'node:crypto';
import { happens, oneOf, type Random } from '../../support/seeded.js';

/** A document with every field given, so that what is registered equals what was sent. */
export interface HostDocument {
  readonly documentId: string;
  readonly index: string;
  readonly title: string;
  readonly type: string;
  readonly active: boolean;
  readonly orgUnitIds: readonly string[];
  readonly owners: readonly string[];
  readonly authors: readonly string[];
  readonly versions: readonly HostVersion[];
}

export interface HostVersion {
  readonly versionId: string;
  readonly number: string;
  readonly state: 'authorised' | 'superseded';
  readonly createdAt: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly attachments: readonly { readonly fileId: string; readonly fileName: string }[];
}

/** Its rights are never taken. */
export const ADMIN = 'ada';
/** Its rights are taken and given back. */
export const EDITOR = 'eve';
/** Where the editor may back up while it has its rights: an OU and the one below it. */
export const EDITORS_UNITS: readonly string[] = ['lab', 'lab-west'];
export const ORG_UNITS: readonly string[] = [...EDITORS_UNITS, 'office'];

/** A file of every account that its documents name and nobody ever sends. */
export const NEVER_SENT = 'file-that-never-comes';

export function directoryOf(accountId: string, granted: boolean): object {
  const member = { active: true, siteAdmin: false, facilityAdminOf: [] };
  return {
    name: `Storm ${accountId}`,
    timeZone: 'Europe/Berlin',
    facilities: [],
    orgUnits: [
      { orgUnitId: 'lab', name: 'Laboratory' },
      { orgUnitId: 'lab-west', name: 'Laboratory West', parentOrgUnitId: 'lab' },
      { orgUnitId: 'office', name: 'Office' },
    ],
    roles: [],
    users: [
      { ...member, userId: ADMIN, name: 'Ada', email: 'ada@storm.example', siteAdmin: true },
      { ...member, userId: EDITOR, name: 'Eve', email: 'eve@storm.example' },
    ],
    userGroups: [
      {
        userGroupId: 'editors',
        name: 'Editors',
        memberIds: granted ? [EDITOR] : [],
        grants: [{ roleId: 'administration-editor', orgUnitIds: ['lab'], includeSubUnits: true }],
      },
    ],
  };
}

/** All protected archives of an account have the same password, so that also one nobody was told of can be opened. */
export function passwordOf(accountId: string): string {
  return `wind & rain of ${accountId}`;
}

/** The same bytes for the same file, compressible or not. */
export function contentOf(accountId: string, fileId: string, sizeBytes: number): Buffer {
  const key = createHash('sha256').update(`${accountId} ${fileId}`).digest();
  if ((key[0] ?? 0) % 3 === 0)
    return Buffer.alloc(sizeBytes, `A form of ${accountId}, ${fileId}, that repeats itself.\n`);
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(sizeBytes));
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Mostly small, sometimes empty; in a large account some have a few MiB, so that archives have several segments. */
export function drawnSize(isLarge: boolean, random: Random): number {
  if (happens(4, random)) return 0;
  if (isLarge && happens(16, random)) return 1_000_000 + random(3_000_000);
  return 100 + random(60_000);
}

export function newDocument(documentId: string, fileId: string, random: Random): HostDocument {
  return {
    documentId,
    index: documentId.toUpperCase(),
    title: `Procedure ${documentId}, revision 1`,
    type: 'SOP',
    active: !happens(15, random),
    orgUnitIds: drawnUnits(random),
    owners: ['Ada'],
    authors: ['Eve', 'Ada'],
    versions: [versionOf(documentId, 1, fileId)],
  };
}

/** The next revision: another title, and by chance another OU, another activity, or a further version. */
export function changed(document: HostDocument, newFileId: string | null, random: Random): HostDocument {
  const revision = Number(/revision (\d+)$/.exec(document.title)?.[1] ?? 0) + 1;
  const { documentId, versions } = document;
  const superseded = versions.map((version) => ({ ...version, state: 'superseded' as const }));
  return {
    ...document,
    title: `Procedure ${documentId}, revision ${revision}`,
    active: happens(10, random) ? !document.active : document.active,
    orgUnitIds: happens(20, random) ? drawnUnits(random) : document.orgUnitIds,
    versions: newFileId === null ? versions : [...superseded, versionOf(documentId, versions.length + 1, newFileId)],
  };
}

/** With another file attached to its newest version. */
export function withAttachment(document: HostDocument, fileId: string): HostDocument {
  const newest = document.versions.at(-1);
  if (!newest) return document;
  const attachments = [...newest.attachments, { fileId, fileName: `${fileId}.csv` }];
  return { ...document, versions: [...document.versions.slice(0, -1), { ...newest, attachments }] };
}

function drawnUnits(random: Random): readonly string[] {
  const first = oneOf(ORG_UNITS, random);
  const second = oneOf(ORG_UNITS, random);
  return happens(15, random) && second !== first ? [first, second] : [first];
}

function versionOf(documentId: string, number: number, fileId: string): HostVersion {
  return {
    versionId: `${documentId}-v${number}`,
    number: `${number}.0`,
    state: 'authorised',
    createdAt: '2025-03-04T05:06:07Z',
    fileId,
    fileName: `${fileId}.pdf`,
    attachments: [],
  };
}
