import { z } from 'zod';
import { directory } from '../directory.js';
import { count, hostId, instant, issuerSubject, turn } from '../ids.js';
import { caller } from '../trail.js';
import { request } from './message-kinds.js';

export const account = z.strictObject({
  accountId: hostId,
  name: z.string(),
  timeZone: z.string(),
  /** Whether the account has facilities. */
  enterprise: z.boolean(),
});
export type Account = z.infer<typeof account>;

/** What one person may do now. */
const access = z.strictObject({
  account,
  user: z.strictObject({ userId: hostId, name: z.string() }),
  siteAdmin: z.boolean(),
  facilityAdminOf: z.array(hostId),
  /** The OUs that the person may back up now: for a Site Admin every one of the account. */
  orgUnitIds: z.array(hostId),
  /** How many OUs the account has. */
  accountOrgUnitCount: count,
});
export type Access = z.infer<typeof access>;

const permittedOrgUnit = z.strictObject({
  orgUnitId: hostId,
  name: z.string(),
  /** Null also where the parent is one that the person may not back up. */
  parentOrgUnitId: hostId.nullable(),
  facilityId: hostId.nullable(),
});

export const permittedOrgUnits = z.strictObject({
  facilities: z.array(z.strictObject({ facilityId: hostId, name: z.string() })),
  orgUnits: z.array(permittedOrgUnit),
});
export type PermittedOrgUnits = z.infer<typeof permittedOrgUnits>;

const whoIn = z.strictObject({ accountId: hostId, userId: hostId });

export const permissionsMessages = {
  'permissions.begin-change': request({
    about: 'Gives the turn of a directory; taken before the directory is sent.',
    owner: 'permissions',
    payload: z.strictObject({}),
    /** Greater than all that were given before. */
    reply: z.strictObject({ turn }),
  }),
  'permissions.sync-directory': request({
    about:
      'Makes the directory of an account what the host system says it is, all or nothing, unless it is of a later turn. ' +
      'OLDER_REVISION when a higher revision is known.',
    owner: 'permissions',
    payload: z.strictObject({ accountId: hostId, turn, directory, calledBy: caller.optional() }),
    reply: z.strictObject({ facilities: count, orgUnits: count, roles: count, users: count, userGroups: count }),
    timeoutMs: 60_000,
  }),
  'permissions.get-account': request({
    about: 'An account, or NOT_FOUND.',
    owner: 'permissions',
    payload: z.strictObject({ accountId: hostId }),
    reply: account,
  }),
  'permissions.list-accounts': request({
    about: 'Those of the named accounts that are known, in any order.',
    owner: 'permissions',
    payload: z.strictObject({ accountIds: z.array(hostId).max(1_000) }),
    reply: z.strictObject({ accounts: z.array(account) }),
  }),
  'permissions.find-accounts': request({
    about: 'Accounts by id, behind one of them; with a part of the name, in any case and Unicode form.',
    owner: 'permissions',
    payload: z.strictObject({
      name: z.string().min(1).max(300).nullable(),
      afterAccountId: hostId.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    /** A page may be short, even empty; `nextAccountId` is the `afterAccountId` of the next one, null ends. */
    reply: z.strictObject({ accounts: z.array(account), nextAccountId: hostId.nullable() }),
  }),
  'permissions.find-org-units': request({
    about: 'Those of the named OUs that an account has, in any order.',
    owner: 'permissions',
    payload: z.strictObject({ accountId: hostId, orgUnitIds: z.array(hostId).max(1_000) }),
    reply: z.strictObject({ orgUnits: z.array(z.strictObject({ orgUnitId: hostId, name: z.string() })) }),
  }),
  'permissions.list-org-unit-ids': request({
    about: 'The ids of all OUs of an account, in any order, or NOT_FOUND.',
    owner: 'permissions',
    payload: z.strictObject({ accountId: hostId }),
    reply: z.strictObject({ orgUnitIds: z.array(hostId) }),
  }),
  'permissions.find-user': request({
    about: 'The user whom an issuer means: by subject, else by id. NOT_FOUND for an unknown one.',
    owner: 'permissions',
    payload: z.strictObject({ accountId: hostId, subject: issuerSubject }),
    reply: z.strictObject({
      userId: hostId,
      active: z.boolean(),
      /** What was issued before counts no more; null where nothing was cut off. */
      notBefore: instant.nullable().optional(),
    }),
  }),
  'permissions.get-access': request({
    about: 'Who a person is and which OUs they may back up now. NOT_FOUND for an unknown or inactive one.',
    owner: 'permissions',
    payload: whoIn,
    reply: access,
  }),
  'permissions.list-permitted-org-units': request({
    about: 'The OUs that a person may back up now, with names and places. NOT_FOUND for an unknown or inactive one.',
    owner: 'permissions',
    payload: whoIn,
    reply: permittedOrgUnits,
  }),
};
