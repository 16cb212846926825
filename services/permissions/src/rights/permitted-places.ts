import { MANAGE_BACKUPS, type Directory } from '@account-backups/contracts';
import type { PlacedOrgUnit } from './org-unit-tree.js';
import { systemRoles } from './system-roles.js';

type Grant = Directory['userGroups'][number]['grants'][number];
type Subtree = Pick<PlacedOrgUnit, 'place' | 'lastPlace'>;

/** The roles that allow backups. */
export function backupRoles(roles: Directory['roles']): ReadonlySet<string> {
  const own = roles.map(({ roleId, permissions }) => [roleId, permissions] as const);
  const allowing = [...systemRoles, ...own].filter(([, permissions]) => permissions.includes(MANAGE_BACKUPS));
  return new Set(allowing.map(([roleId]) => roleId));
}

/** The places of the OUs that grants allow to back up, as the text of an `int4multirange`. */
export function permittedPlaces(
  grants: readonly Grant[],
  roles: ReadonlySet<string>,
  subtrees: ReadonlyMap<string, Subtree>,
): string {
  const ranges = grants
    .filter(({ roleId }) => roles.has(roleId))
    .flatMap(({ orgUnitIds, includeSubUnits }) =>
      orgUnitIds.flatMap((orgUnitId) => {
        const subtree = subtrees.get(orgUnitId);
        return subtree ? `[${subtree.place},${includeSubUnits ? subtree.lastPlace : subtree.place}]` : [];
      }),
    );
  return `{${ranges.join(',')}}`;
}
