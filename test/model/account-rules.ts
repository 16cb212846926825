// The rules of a backup's life, word for word, over plain values: what the HTTP API must answer.
import type { Directory } from '@account-backups/contracts';
import { facilityOf, referenceAccess } from '../integration/permissions/reference-access.js';

export interface Asked {
  readonly facilityIds: readonly string[];
  readonly orgUnitIds: readonly string[];
  readonly includeActive: boolean;
  readonly includeInactive: boolean;
}

export interface KnownBackup extends Scope {
  readonly backupId: string;
  readonly requesterId: string;
  readonly asked: Asked;
  /** Whoever began a download of it. */
  readonly takers: Set<string>;
  status: 'pending' | 'completed' | 'cancelled' | 'failed';
  /** Documents in no OU of which its archive tells: then only Site Admins see it. */
  unfiledCount: number;
}

/** A download that somebody began. */
export interface Link {
  readonly userId: string;
  readonly backup: KnownBackup;
  readonly downloadId: string;
  readonly url: string;
}

export interface KeyUse {
  readonly userId: string;
  readonly key: string;
  readonly asked: Asked;
  readonly backup: KnownBackup;
}

/** Everything that the rules look at; steps change it. */
export interface KnownAccount {
  directory: Directory;
  subscribed: boolean;
  /** Whether a term lies in the past. */
  ended: boolean;
  readonly backups: KnownBackup[];
  readonly keys: KeyUse[];
  readonly links: Link[];
  /** Handed out with a page of backups. */
  readonly cursors: string[];
}

/** Document `d3` is in the OU `u3` alone and is active, as every odd one; `shared` is active in `u0` and `u1`. */
export function documentsIn(orgUnitIds: readonly string[], { includeActive, includeInactive }: Asked): number {
  const numbers = orgUnitIds.map((id) => Number(id.slice(1))).filter((number) => number < DOCUMENTS);
  const active = numbers.filter((number) => number % 2 === 1).length + (numbers.some((number) => number < 2) ? 1 : 0);
  const inactive = numbers.filter((number) => number % 2 === 0).length;
  return (includeActive ? active : 0) + (includeInactive ? inactive : 0);
}

export const DOCUMENTS = 14;

export interface Scope {
  readonly orgUnitIds: readonly string[];
  /** Where the OUs were at the time; the record keeps it for ever. */
  readonly facilityIds: readonly string[];
  readonly allOrgUnits: boolean;
}

/** A refusal is its code; `nobody` stands for 404 or 401. */
export type Verdict = { readonly refusal: string } | { readonly scope: Scope };

/** What a request without a key comes to, in the order of the table of refusals. */
export function judge(account: KnownAccount, userId: string, asked: Asked): Verdict {
  const scope = judgeScope(account, userId, asked);
  if ('refusal' in scope) return scope;
  if (!account.subscribed) return { refusal: 'SUBSCRIPTION_REQUIRED' };
  const pending = account.backups.some(({ status }) => status === 'pending');
  return pending ? { refusal: 'BACKUP_ALREADY_PENDING' } : scope;
}

/** The same for an estimate, which looks at neither subscription nor pending backups. */
export function judgeScope({ directory }: KnownAccount, userId: string, asked: Asked): Verdict {
  const permitted = referenceAccess(directory, userId);
  if (permitted === null) return { refusal: 'NOT_FOUND' };
  if (!asked.includeActive && !asked.includeInactive) return { refusal: 'NOTHING_INCLUDED' };
  if (permitted.length === 0) return { refusal: 'PERMISSION_MISSING' };
  const placeOf = placesIn(directory);
  const facilityIds = new Set(permitted.map(placeOf));
  if (!asked.facilityIds.every((id) => facilityIds.has(id))) return { refusal: 'FACILITY_NOT_PERMITTED' };
  if (!asked.orgUnitIds.every((id) => permitted.includes(id))) return { refusal: 'ORG_UNIT_NOT_PERMITTED' };
  const inChosen = (id: string) => asked.facilityIds.includes(placeOf(id) ?? '');
  if (asked.facilityIds.length > 0 && !asked.orgUnitIds.every(inChosen)) {
    return { refusal: 'ORG_UNIT_OUTSIDE_FACILITIES' };
  }
  const orgUnitIds =
    asked.facilityIds.length > 0 ? withinFacilities(permitted, asked, placeOf) : named(permitted, asked);
  const lying = orgUnitIds.flatMap((id) => placeOf(id) ?? []);
  const allOrgUnits = orgUnitIds.length === directory.orgUnits.length;
  return { scope: { orgUnitIds, facilityIds: lying, allOrgUnits } };
}

/** Whether a person sees a backup now. */
export function sees({ directory }: KnownAccount, userId: string, backup: KnownBackup): boolean {
  const permitted = referenceAccess(directory, userId);
  if (permitted === null) return false;
  if (directory.users.some((user) => user.userId === userId && user.siteAdmin)) return true;
  return backup.unfiledCount === 0 && backup.orgUnitIds.every((id) => permitted.includes(id));
}

/** What `GET /me` says of whether a request could be made now, and why not. */
export function obstacle(account: KnownAccount, permitted: readonly string[]): string | null {
  if (permitted.length === 0) return 'PERMISSION_MISSING';
  if (!account.subscribed) return 'SUBSCRIPTION_REQUIRED';
  return account.backups.some(({ status }) => status === 'pending') ? 'BACKUP_ALREADY_PENDING' : null;
}

/** What a scan makes of a pending backup. */
export function start(account: KnownAccount, backup: KnownBackup): void {
  backup.status = sees(account, backup.requesterId, backup) ? 'completed' : 'failed';
  if (backup.status === 'completed') backup.unfiledCount = unfiledFor(account, backup);
}

/** What a Site Admin's backup of all OUs lacks: documents that lie neither in its OUs nor in one that there is now. */
function unfiledFor({ directory }: KnownAccount, { requesterId, allOrgUnits, orgUnitIds, asked }: KnownBackup): number {
  const isSiteAdmin = directory.users.some(({ userId, siteAdmin }) => userId === requesterId && siteAdmin);
  if (!isSiteAdmin || !allOrgUnits) return 0;
  const known = new Set([...orgUnitIds, ...directory.orgUnits.map(({ orgUnitId }) => orgUnitId)]);
  const all = documentsIn(allUnits, asked);
  return (
    all -
    documentsIn(
      allUnits.filter((id) => known.has(id)),
      asked,
    )
  );
}

const allUnits = Array.from({ length: DOCUMENTS }, (_, at) => `u${at}`);

type PlaceOf = (orgUnitId: string) => string | null;

function placesIn(directory: Directory): PlaceOf {
  const places = new Map(directory.orgUnits.map((unit) => [unit.orgUnitId, facilityOf(directory, unit)]));
  return (orgUnitId) => places.get(orgUnitId) ?? null;
}

function named(permitted: readonly string[], { orgUnitIds }: Asked): readonly string[] {
  return orgUnitIds.length > 0 ? orgUnitIds : permitted;
}

function withinFacilities(permitted: readonly string[], asked: Asked, placeOf: PlaceOf): readonly string[] {
  return asked.facilityIds.flatMap((facilityId) => {
    const all = permitted.filter((id) => placeOf(id) === facilityId);
    const chosen = all.filter((id) => asked.orgUnitIds.includes(id));
    return chosen.length > 0 ? chosen : all;
  });
}
