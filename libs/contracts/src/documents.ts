import { z } from 'zod';
import { count, crc32, day, hostId, instant, revision, sha256Hex, text } from './ids.js';

export const versionStates = [
  'draft',
  'awaiting_authorisation',
  'pending_release',
  'authorised',
  'superseded',
] as const;
export type VersionState = (typeof versionStates)[number];

const fileName = text(500);
const mediaType = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+(\s*;[\x20-\x7e]*)?$/,
    'expected a media type such as application/pdf',
  );
const dayOrInstant = z.union(
  [instant, day],
  'expected a day such as 2026-03-01, or a time such as 2026-03-01T09:30:00Z',
);

const attachment = z.strictObject({ fileId: hostId, fileName, mediaType: mediaType.nullish() });

const version = z.strictObject({
  versionId: hostId,
  number: text(50),
  state: z.enum(versionStates),
  createdAt: instant,
  authorisedAt: instant.nullish(),
  authorisedBy: text(300).nullish(),
  fileId: hostId.nullish(),
  fileName: fileName.nullish(),
  mediaType: mediaType.nullish(),
  externalUrl: text(2_000).nullish(),
  attachments: z.array(attachment).max(1_000).default([]),
});

/** A controlled document as the host system registers it. */
export const registeredDocument = z.strictObject({
  documentId: hostId,
  revision: revision.nullish(),
  index: text(100),
  title: text(1_000),
  type: text(200),
  category: text(200).nullish(),
  section: text(200).nullish(),
  active: z.boolean().default(true),
  orgUnitIds: z.array(hostId).min(1).max(1_000),
  owners: z.array(text(300)).max(1_000).default([]),
  authors: z.array(text(300)).max(1_000).default([]),
  reviewFrequencyMonths: z.number().int().min(0).max(1_200).nullish(),
  nextReviewAt: dayOrInstant.nullish(),
  versions: z.array(version).max(1_000).default([]),
});
/** Of its versions and attachments: all of them pass through one message, and lie in one run of an archive. */
const MAX_FILES = 10_000;

/**
 * A document as it is taken at the door: what an archive needs beyond its shape holds too. A register may hold others,
 * from before a rule, so no message asks for more than `registeredDocument`.
 */
export const documentIntake = registeredDocument.superRefine(({ versions }, context) => {
  const seen = new Map<string, number>();
  for (const [at, { versionId }] of versions.entries()) {
    const first = seen.get(versionId);
    if (first === undefined) seen.set(versionId, at);
    else context.addIssue({ code: 'custom', path: ['versions', at, 'versionId'], message: repeated(versionId, first) });
  }
  const files = versions.reduce((sum, { fileId, attachments }) => sum + (fileId ? 1 : 0) + attachments.length, 0);
  if (files <= MAX_FILES) return;
  const message = `expected at most ${MAX_FILES} files in all versions, not ${files}`;
  context.addIssue({ code: 'custom', path: ['versions'], message });
});

const repeated = (versionId: string, first: number): string => `${versionId} is the id of versions[${first}] already`;

export type RegisteredDocument = z.infer<typeof registeredDocument>;
export type RegisteredVersion = RegisteredDocument['versions'][number];

/** A document that lies in no OU which the directory has, as the host system finds it by. */
export const unfiledDocument = registeredDocument.pick({ documentId: true, title: true, orgUnitIds: true });
export type UnfiledDocument = z.infer<typeof unfiledDocument>;

/** What is known of a file's content, taken when it came in. */
export const fileContent = z.strictObject({
  fileId: hostId,
  objectKey: z.string().min(1).max(1_024),
  sizeBytes: count,
  sha256: sha256Hex,
  crc32,
});
export type FileContent = z.infer<typeof fileContent>;

const options = { includeActive: z.boolean(), includeInactive: z.boolean(), excludeSuperseded: z.boolean() };

/** Which documents a backup takes: those filed in any of the OUs, less what the options leave out. */
export const selection = z.strictObject({
  orgUnitIds: z.array(hostId).max(50_000),
  ...options,
});
export type Selection = z.infer<typeof selection>;

/** Which documents lie in no OU: those of which none is known. The ids are those of a frozen set and of now. */
export const unfiledSelection = z.strictObject({ knownOrgUnitIds: z.array(hostId).max(100_000), ...options });
export type UnfiledSelection = z.infer<typeof unfiledSelection>;
