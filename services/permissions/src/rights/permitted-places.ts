import { MANAGE_BACKUPS, type Directory } from '@account-backups/contracts';
import type { PlacedOrgUnit } from './org-unit-tree.js';
import { systemRoles } from './system-roles.js';

type Grant = Directory['userGroups'][number]['grants'][number];
type Span = Pick<PlacedOrgUnit, 'place' | 'lastPlace'>;

/** The roles that let their holders back up. */
export function backupRoles(roles: Directory['roles']): ReadonlySet<string> {
  const own = roles.map(({ roleId, permissions }) => [roleId, permissions] as const);
  const allowing = [...systemRoles, ...own].filter(([, permissions]) => permissions.includes(MANAGE_BACKUPS));
  return new Set(allowing.map(([roleId]) => roleId));
}

/** What grants come to: the places of the OUs that may be backed up, as Postgres reads an `int4multirange`. */
export function permittedPlaces(
  grants: readonly Grant[],
  roles: ReadonlySet<string>,
  spans: ReadonlyMap<string, Span>,
): string {
  const ranges = grants
    .filter(({ roleId }) => roles.has(roleId))
    .flatMap(({ orgUnitIds, includeSubUnits }) =>
      orgUnitIds.flatMap((orgUnitId) => {
        const span = spans.get(orgUnitId);
        return span ? `[${span.place},${includeSubUnits ? span.lastPlace : span.place}]` : [];
      }),
    );
  return `{${ranges.join(',')}}`;
}
