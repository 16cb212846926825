import { z } from 'zod';
import { hostId, issuerSubject, revision, text } from './ids.js';
import { isTimeZone } from './time-zone.js';

export const MANAGE_BACKUPS = 'Backups:Manage Account Backups';
export const ADMINISTRATION_EDITOR = 'administration-editor';

const timeZone = text(64).refine(isTimeZone, 'expected a time zone of the IANA database such as Europe/London');

/** How many OUs may lie one in another: an archive tells the way to each. */
export const MAX_ORG_UNIT_DEPTH = 100;

const facility = z.strictObject({ facilityId: hostId, name: text(300) });

const orgUnit = z.strictObject({
  orgUnitId: hostId,
  name: text(300),
  facilityId: hostId.nullish(),
  parentOrgUnitId: hostId.nullish(),
});

const role = z.strictObject({ roleId: hostId, name: text(300), permissions: z.array(text(200)).max(1_000) });

const user = z.strictObject({
  userId: hostId,
  /** What the issuer calls this person, where that is not the id. */
  subject: issuerSubject.nullish(),
  name: text(300),
  email: text(320).or(z.literal('')).nullish(),
  active: z.boolean().default(true),
  siteAdmin: z.boolean().default(false),
  facilityAdminOf: z.array(hostId).max(10_000).default([]),
});

const grant = z.strictObject({
  roleId: hostId,
  orgUnitIds: z.array(hostId).max(20_000),
  includeSubUnits: z.boolean().default(false),
});

const userGroup = z.strictObject({
  userGroupId: hostId,
  name: text(300),
  memberIds: z.array(hostId).max(200_000).default([]),
  grants: z.array(grant).max(10_000).default([]),
});

/** The whole desired state of one account, as the host system sends it. */
export const directory = z.strictObject({
  revision: revision.nullish(),
  name: text(300),
  timeZone,
  facilities: z.array(facility).max(10_000).default([]),
  orgUnits: z.array(orgUnit).max(50_000).default([]),
  roles: z.array(role).max(10_000).default([]),
  users: z.array(user).max(200_000).default([]),
  userGroups: z.array(userGroup).max(50_000).default([]),
});
export type Directory = z.infer<typeof directory>;
