import { z } from 'zod';
import { pageOf, pageRequest } from '../backups.js';
import { fileContent, registeredDocument, selection, unfiledDocument, unfiledSelection } from '../documents.js';
import { count, hostId, revision, turn } from '../ids.js';
import { caller } from '../trail.js';
import { request } from './message-kinds.js';

/** The content of a file, or null where none ever came. */
const knownFiles = z.array(fileContent);

const documentPage = z.strictObject({
  /** Whole documents as registered, in the order of their id. */
  documents: z.array(registeredDocument),
  /** Contents of every file that these documents name; a file that never came is missing here. */
  files: knownFiles,
  /** The `afterDocumentId` of the next page. A page may end before `limit`, so that it fits a message; null ends. */
  nextDocumentId: hostId.nullable(),
});
export type DocumentPage = z.infer<typeof documentPage>;

const selectionSize = z.strictObject({
  /** Documents, files and bytes that the selection takes. */
  documentCount: count,
  fileCount: count,
  sizeBytes: count,
  /** Documents filed in the OUs, whatever the options say. */
  totalDocumentCount: count,
  excludedByActivity: count,
  excludedAsSuperseded: count,
});
export type SelectionSize = z.infer<typeof selectionSize>;

export const documentsMessages = {
  'documents.begin-change': request({
    about: 'Reserves the turns of a change to the register; taken before the change is sent.',
    owner: 'documents',
    payload: z.strictObject({}),
    /** The first of `TURNS_A_CALL` turns: greater than all that were given before. */
    reply: z.strictObject({ turn }),
  }),
  'documents.upsert': request({
    about:
      'Registers documents; each one takes the place of what was known under its id, unless that is of a higher ' +
      'revision or, without one or of the same, of a later turn.',
    owner: 'documents',
    payload: z.strictObject({
      accountId: hostId,
      turn,
      documents: z.array(registeredDocument).min(1).max(1_000),
      /** The call that these are of, for the trail, which tells of each call once. */
      call: z
        .strictObject({
          calledBy: caller,
          firstTurn: turn,
          /** No message of the call follows. */
          isLast: z.boolean(),
        })
        .optional(),
    }),
    reply: z.strictObject({
      accepted: count,
      /** How many of them left the register as it was. */
      unchanged: count.optional(),
      /** Those of a lower revision than is stored: where they stand in `documents`. */
      older: z.array(z.strictObject({ at: count, stored: revision })).optional(),
    }),
    timeoutMs: 30_000,
  }),
  'documents.delete': request({
    about: 'Removes documents of earlier turns from the register; existing archives stay as they are.',
    owner: 'documents',
    payload: z.strictObject({
      accountId: hostId,
      turn,
      documentIds: z.array(hostId).min(1).max(10_000),
      calledBy: caller.optional(),
    }),
    reply: z.strictObject({ deleted: count }),
    timeoutMs: 30_000,
  }),
  'documents.get-document': request({
    about: 'A document as it was registered, or null.',
    owner: 'documents',
    payload: z.strictObject({ accountId: hostId, documentId: hostId }),
    reply: registeredDocument.nullable(),
  }),
  'documents.get-file': request({
    about: 'What is known of a file, or null. QUOTA_EXCEEDED when a new file of `newBytes` has no room.',
    owner: 'documents',
    payload: z.strictObject({ accountId: hostId, fileId: hostId, newBytes: z.int().min(0).optional() }),
    reply: fileContent.nullable(),
  }),
  'documents.register-file': request({
    about:
      'Registers the content of a file; the same again is a no-op, other content FILE_CONTENT_DIFFERS; QUOTA_EXCEEDED.',
    owner: 'documents',
    /** With `lostKey` the object takes the place of the one that lay there, if the content is the same. */
    payload: z.strictObject({ accountId: hostId, file: fileContent, lostKey: fileContent.shape.objectKey.optional() }),
    /** `registered` when this call's object is the one kept. */
    reply: z.strictObject({ registered: z.boolean() }),
  }),
  'documents.find-registered': request({
    about: 'Which of these objects are the content of a file, for the sweep of those that are not.',
    owner: 'documents',
    payload: z.strictObject({ objectKeys: z.array(fileContent.shape.objectKey).max(500) }),
    reply: z.strictObject({ registered: z.array(fileContent.shape.objectKey) }),
  }),
  'documents.measure': request({
    about: 'How many documents, files and bytes a selection takes, and what the options leave out.',
    owner: 'documents',
    payload: z.strictObject({ accountId: hostId, selection }),
    reply: selectionSize,
    timeoutMs: 20_000,
  }),
  'documents.list-page': request({
    about: 'One page of the documents that a selection may take (superseded versions included), by document id.',
    owner: 'documents',
    payload: z.strictObject({
      accountId: hostId,
      selection,
      afterDocumentId: hostId.nullable(),
      limit: z.number().int().min(1).max(1_000),
    }),
    reply: documentPage,
    timeoutMs: 30_000,
  }),
  'documents.list-unfiled': request({
    about:
      'One page of the documents that lie in no OU which is known. It may be short, even empty, while others follow.',
    owner: 'documents',
    payload: z.strictObject({ accountId: hostId, selection: unfiledSelection, ...pageRequest }),
    reply: pageOf(unfiledDocument),
    timeoutMs: 20_000,
  }),
};
