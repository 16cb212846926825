// Who may be told which names. Every name in a walk's directory says what it is of: `[unit u3 of walk-1]`.
import type { Directory } from '@account-backups/contracts';
import { facilityOf, referenceAccess } from '../integration/permissions/reference-access.js';
import { sees, type KnownAccount } from './account-rules.js';

/** What somebody was told. */
export interface Heard {
  readonly userId: string;
  readonly text: string;
}

/** The names that each person may see. */
export type Sights = ReadonlyMap<string, ReadonlySet<string>>;

const NAME = /\[(?:unit|facility|person|group|role) [^ \]]+ of [^ \]]+\]/g;
const EMAIL_DOMAIN = '.invalid';

const nameOf = (kind: string, id: string, accountId: string) => `[${kind} ${id} of ${accountId}]`;

/** The same directory with names that are found in any text. */
export function tellingNames(directory: Directory, accountId: string): Directory {
  const name = (kind: string, id: string) => nameOf(kind, id, accountId);
  const { facilities, orgUnits, roles, users, userGroups } = directory;
  return {
    ...directory,
    facilities: facilities.map((one) => ({ ...one, name: name('facility', one.facilityId) })),
    orgUnits: orgUnits.map((one) => ({ ...one, name: name('unit', one.orgUnitId) })),
    roles: roles.map((one) => ({ ...one, name: name('role', one.roleId) })),
    users: users.map((one) => ({
      ...one,
      name: name('person', one.userId),
      email: `${one.userId}@${accountId}${EMAIL_DOMAIN}`,
    })),
    userGroups: userGroups.map((one) => ({ ...one, name: name('group', one.userGroupId) })),
  };
}

export function sightsOf(known: KnownAccount, accountId: string): Sights {
  const userIds = [...known.directory.users.map(({ userId }) => userId), 'stranger'];
  return new Map(userIds.map((userId) => [userId, namesFor(known, userId, accountId)]));
}

/** Themselves, their OUs and facilities; for each visible backup its OUs, facilities, requester and downloaders. */
function namesFor(known: KnownAccount, userId: string, accountId: string): ReadonlySet<string> {
  const { directory } = known;
  const permitted = referenceAccess(directory, userId) ?? [];
  const facilityIds = directory.orgUnits
    .filter(({ orgUnitId }) => permitted.includes(orgUnitId))
    .flatMap((unit) => facilityOf(directory, unit) ?? []);
  const visible = known.backups.filter((backup) => sees(known, userId, backup));
  const unitIds = [...permitted, ...visible.flatMap(({ orgUnitIds }) => orgUnitIds)];
  const personIds = [userId, ...visible.flatMap(({ requesterId, takers }) => [requesterId, ...takers])];
  return new Set([
    ...unitIds.map((id) => nameOf('unit', id, accountId)),
    ...[...facilityIds, ...visible.flatMap((backup) => backup.facilityIds)].map((id) =>
      nameOf('facility', id, accountId),
    ),
    ...personIds.map((id) => nameOf('person', id, accountId)),
  ]);
}

/** Fails on a name, of any account, that the hearer may see in none of `sights`. */
export function expectNothingElse({ userId, text }: Heard, sights: readonly Sights[]): void {
  const told = new Set(text.match(NAME));
  const forbidden = [...told].filter((name) => !sights.some((sight) => sight.get(userId)?.has(name)));
  expect({ userId, forbidden, emails: text.includes(EMAIL_DOMAIN) }).toEqual({ userId, forbidden: [], emails: false });
}
