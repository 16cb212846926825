import { z } from 'zod';
import { archiveCounts } from '../archive-counts.js';
import { failureCodes, waitReasons } from '../backups.js';
import { count, hostId, instant, ownId, sha256Hex } from '../ids.js';
import { fact, job } from './message-kinds.js';

const backup = { accountId: hostId, backupId: ownId };

export const archivesMessages = {
  'archives.plan': job({
    about: 'Look at this backup: plan its archive, or say again how it ended.',
    owner: 'zip-builder',
    concurrency: 1,
    payload: z.strictObject(backup),
  }),
  'archives.build-segment': job({
    about: 'A free hand: claim an open segment, of the archive that has the fewest in hand, and build it.',
    owner: 'zip-builder',
    concurrency: 2,
    payload: z.strictObject({ ...backup, buildId: ownId }),
  }),
  'archives.close': job({
    about: 'Look at this archive: if all segments are built, write the closing entries and complete it.',
    owner: 'zip-builder',
    concurrency: 1,
    payload: z.strictObject({ ...backup, buildId: ownId }),
  }),
  'archives.delete': job({
    about: 'Delete whatever the object store holds of this backup.',
    owner: 'zip-builder',
    concurrency: 2,
    payload: z.strictObject(backup),
  }),
  'archive.progressed': fact({
    about: 'How far a build is.',
    owner: 'zip-builder',
    handledBy: ['backups'],
    payload: z.strictObject({
      ...backup,
      documents: count,
      sizeBytes: count,
      ofDocuments: count,
      ofSizeBytes: count,
      /** Absent while it goes on. */
      waitingFor: z.enum(waitReasons).optional(),
    }),
  }),
  'archive.waiting': fact({
    about: 'A builder has looked at a build that is not planned yet: what it waits for, or null.',
    owner: 'zip-builder',
    handledBy: ['backups'],
    payload: z.strictObject({ ...backup, waitingFor: z.enum(waitReasons).nullable() }),
  }),
  'archive.built': fact({
    about: 'An archive is complete and was read back.',
    owner: 'zip-builder',
    handledBy: ['backups'],
    payload: z.strictObject({
      ...backup,
      objectKey: z.string(),
      sizeBytes: count,
      sha256: sha256Hex,
      fileName: z.string(),
      documentCount: count,
      exceptionCount: count,
      /** Null for an archive that was built before these were kept. */
      counts: archiveCounts.nullable(),
      builtAt: instant,
    }),
  }),
  'archive.failed': fact({
    about: 'An archive cannot be made; nothing of it is kept.',
    owner: 'zip-builder',
    handledBy: ['backups'],
    payload: z.strictObject({ ...backup, code: z.enum(failureCodes), message: z.string().max(1_000) }),
  }),
  'archive.deleted': fact({
    about: 'Nothing of this backup is in the object store any more.',
    owner: 'zip-builder',
    handledBy: ['backups'],
    payload: z.strictObject(backup),
  }),
};
