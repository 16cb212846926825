import { createHash } from 'node:crypto';
import type { FileContent, RegisteredDocument, RegisteredVersion } from '@account-backups/contracts';

/** A document with one version and one file; a test names what should differ. */
export function aDocument(differences: Partial<RegisteredDocument> = {}): RegisteredDocument {
  return {
    documentId: 'doc-1',
    index: 'SOP-001',
    title: 'Handling of samples',
    type: 'SOP',
    category: 'Laboratory',
    section: null,
    active: true,
    orgUnitIds: ['chemistry'],
    owners: ['Ada Hall'],
    authors: ['Ada Hall', 'Ben Kay'],
    reviewFrequencyMonths: 12,
    nextReviewAt: '2026-03-01',
    versions: [aVersion()],
    ...differences,
  };
}

export function aVersion(differences: Partial<RegisteredVersion> = {}): RegisteredVersion {
  return {
    versionId: 'ver-1',
    number: '1.0',
    state: 'authorised',
    createdAt: '2025-01-02T03:04:05.000Z',
    authorisedAt: '2025-01-03T03:04:05.000Z',
    authorisedBy: 'Cy Moss',
    fileId: 'file-1',
    fileName: 'samples.pdf',
    mediaType: 'application/pdf',
    externalUrl: null,
    attachments: [],
    ...differences,
  };
}

/** What a file named so would hold: its own id. */
export function contentOf(fileId: string): FileContent {
  const sha256 = createHash('sha256').update(fileId).digest('hex');
  return { fileId, sizeBytes: Buffer.byteLength(fileId), sha256, crc32: 1, objectKey: `files/${fileId}` };
}
