import { ADMINISTRATION_EDITOR, type Directory, type InputFault } from '@account-backups/contracts';
import { orgUnitFaults } from './org-unit-rules.js';
import { doubledIds, unknownIds } from './reference-rules.js';
import { doubledNames } from './subject-rules.js';
import { systemRoles } from '../rights/system-roles.js';

const MAX_FAULTS = 50;

/** What does not fit together in a directory: at most 50 faults; none for a sound one. */
export function directoryFaults(directory: Directory): InputFault[] {
  const faults: InputFault[] = [];
  for (const fault of allFaults(directory)) {
    faults.push(fault);
    if (faults.length === MAX_FAULTS) break;
  }
  return faults;
}

function* allFaults(directory: Directory): Generator<InputFault> {
  const { facilities, orgUnits, roles, users, userGroups } = directory;
  yield* doubledIds('facilities', 'facilityId', facilities);
  yield* doubledIds('orgUnits', 'orgUnitId', orgUnits);
  yield* doubledIds('roles', 'roleId', roles);
  yield* doubledIds('users', 'userId', users);
  yield* doubledIds('userGroups', 'userGroupId', userGroups);
  yield* systemRoleFaults(roles);
  yield* orgUnitFaults(directory);
  yield* userFaults(directory);
  yield* userGroupFaults(directory);
}

function* systemRoleFaults(roles: Directory['roles']): Generator<InputFault> {
  for (const [at, { roleId }] of roles.entries()) {
    if (!systemRoles.has(roleId)) continue;
    yield {
      path: `roles[${at}].roleId`,
      message: `${ADMINISTRATION_EDITOR} is a system role: every account has it, it is fixed and is not listed here`,
    };
  }
}

function* userFaults({ facilities, users }: Directory): Generator<InputFault> {
  const known = new Set(facilities.map(({ facilityId }) => facilityId));
  yield* doubledNames(users);
  for (const [at, { facilityAdminOf }] of users.entries()) {
    yield* unknownIds(`users[${at}].facilityAdminOf`, facilityAdminOf, { known, kind: 'facility' });
  }
}

function* userGroupFaults({ orgUnits, roles, users, userGroups }: Directory): Generator<InputFault> {
  const userIds = new Set(users.map(({ userId }) => userId));
  const orgUnitIds = new Set(orgUnits.map(({ orgUnitId }) => orgUnitId));
  const roleIds = new Set([...systemRoles.keys(), ...roles.map(({ roleId }) => roleId)]);
  for (const [at, { memberIds, grants }] of userGroups.entries()) {
    yield* unknownIds(`userGroups[${at}].memberIds`, memberIds, { known: userIds, kind: 'user' });
    for (const [position, grant] of grants.entries()) {
      const path = `userGroups[${at}].grants[${position}]`;
      if (!roleIds.has(grant.roleId)) {
        yield { path: `${path}.roleId`, message: `${grant.roleId} is no role of this directory` };
      }
      yield* unknownIds(`${path}.orgUnitIds`, grant.orgUnitIds, { known: orgUnitIds, kind: 'OU' });
    }
  }
}
