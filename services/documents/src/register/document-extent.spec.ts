import type { RegisteredDocument, VersionState } from '@account-backups/contracts';
import { extentOf } from './document-extent.js';

type Version = RegisteredDocument['versions'][number];

const document = (fields: Partial<RegisteredDocument>): RegisteredDocument => ({
  documentId: 'd1',
  index: 'SOP-1',
  title: 'Cleaning',
  type: 'SOP',
  active: true,
  orgUnitIds: ['ou'],
  owners: [],
  authors: [],
  versions: [],
  ...fields,
});

const version = (state: VersionState, fileId: string | null, attached: readonly string[] = []): Version => ({
  versionId: `${state}-${fileId}`,
  number: '1',
  state,
  createdAt: '2026-01-01T00:00:00Z',
  fileId,
  attachments: attached.map((id) => ({ fileId: id, fileName: id })),
});

describe('extentOf', () => {
  it('counts a file once for each version and attachment that names it', () => {
    const versions = [version('authorised', 'a', ['a', 'b']), version('superseded', 'a'), version('draft', 'b')];
    expect(extentOf(document({ versions })).files).toEqual([
      { fileId: 'a', current: 2, superseded: 1 },
      { fileId: 'b', current: 2, superseded: 0 },
    ]);
  });

  it('finds no file in an external document', () => {
    expect(extentOf(document({ versions: [version('authorised', null)] })).files).toEqual([]);
  });

  it('calls a document superseded when all its versions are', () => {
    const versions = [version('superseded', 'a'), version('superseded', 'b')];
    expect(extentOf(document({ versions })).allSuperseded).toBe(true);
  });

  it('keeps a document of which one version is left', () => {
    const versions = [version('superseded', 'a'), version('draft', null)];
    expect(extentOf(document({ versions })).allSuperseded).toBe(false);
  });

  it('keeps a document that never had a version', () => {
    expect(extentOf(document({ versions: [] })).allSuperseded).toBe(false);
  });
});
