import type { Directory } from '@account-backups/contracts';
import { placeOrgUnits } from '../rights/org-unit-tree.js';
import { backupRoles, permittedPlaces } from '../rights/permitted-places.js';

export type DirectoryRows = ReturnType<typeof rowsOf>;

/** A directory without faults as the rows of its tables, named like their columns. */
export function rowsOf(directory: Directory) {
  const { revision, name, timeZone, facilities, orgUnits, roles, users, userGroups } = directory;
  return {
    account: {
      revision: revision ?? null,
      name,
      timeZone,
      enterprise: facilities.length > 0,
      orgUnitCount: orgUnits.length,
    },
    facilities: facilities.map((facility) => ({ facility_id: facility.facilityId, name: facility.name })),
    roles: roles.map((role) => ({ role_id: role.roleId, name: role.name, permissions: role.permissions })),
    users: users.map((user) => ({
      user_id: user.userId,
      subject: user.subject ?? null,
      name: user.name,
      email: user.email ?? null,
      active: user.active,
      site_admin: user.siteAdmin,
      facility_admin_of: [...new Set(user.facilityAdminOf)],
    })),
    group_members: userGroups.map(({ userGroupId, memberIds }) => ({
      user_group_id: userGroupId,
      member_ids: memberIds,
    })),
    grants: userGroups.flatMap(grantRows),
    ...placeRows(directory),
  };
}

function placeRows({ orgUnits, roles, userGroups }: Directory) {
  const placed = placeOrgUnits(orgUnits);
  const subtrees = new Map(placed.map((unit) => [unit.orgUnitId, unit]));
  const allowing = backupRoles(roles);
  return {
    org_units: placed.map((unit) => ({
      org_unit_id: unit.orgUnitId,
      name: unit.name,
      facility_id: unit.facilityId,
      parent_org_unit_id: unit.parentOrgUnitId,
      place: unit.place,
    })),
    user_groups: userGroups.map(({ userGroupId, name, grants }) => ({
      user_group_id: userGroupId,
      name,
      permitted_places: permittedPlaces(grants, allowing, subtrees),
    })),
  };
}

function grantRows({ userGroupId, grants }: Directory['userGroups'][number]) {
  return grants.map((grant, position) => ({
    user_group_id: userGroupId,
    position,
    role_id: grant.roleId,
    org_unit_ids: grant.orgUnitIds,
    include_sub_units: grant.includeSubUnits,
  }));
}
