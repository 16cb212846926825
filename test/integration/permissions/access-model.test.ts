import { AppError, type Directory } from '@account-backups/contracts';
import fc from 'fast-check';
import { openPermissions, type Permissions } from './harness.js';
import { randomDirectory } from './random-directory.js';
import { facilityOf, referenceAccess } from './reference-access.js';

const accountId = 'model';
let permissions: Permissions;

beforeAll(async () => {
  permissions = await openPermissions();
});

afterAll(() => permissions.close());

/** Null where the service says that the person is nobody. */
async function answer<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((error: unknown) => {
    if (AppError.is(error, 'NOT_FOUND')) return null;
    throw error;
  });
}

function referenceList(directory: Directory, userId: string) {
  const permitted = referenceAccess(directory, userId);
  if (!permitted) return null;
  const units = directory.orgUnits.filter(({ orgUnitId }) => permitted.includes(orgUnitId));
  const facilityIds = new Set(units.map((unit) => facilityOf(directory, unit)));
  return {
    facilities: directory.facilities.filter(({ facilityId }) => facilityIds.has(facilityId)),
    orgUnits: units
      .map(({ parentOrgUnitId: parent, orgUnitId, name }, at) => ({
        orgUnitId,
        name,
        parentOrgUnitId: parent && permitted.includes(parent) ? parent : null,
        facilityId: facilityOf(directory, units[at] as Directory['orgUnits'][number]),
      }))
      .sort((a, b) => (`${a.name} ${a.orgUnitId}` < `${b.name} ${b.orgUnitId}` ? -1 : 1)),
  };
}

// Each directory replaces the one before, so leftovers of an earlier one would show.
it('answers as the rules say, for every person of any directory', async () => {
  const asTheRules = fc.asyncProperty(randomDirectory, async (directory) => {
    await permissions.sync(accountId, directory);
    for (const { userId } of directory.users) {
      const access = await answer(permissions.access.getAccess({ accountId, userId }));
      expect(access?.orgUnitIds ?? null).toEqual(referenceAccess(directory, userId));
      const listed = await answer(permissions.access.listPermittedOrgUnits({ accountId, userId }));
      expect(listed).toEqual(referenceList(directory, userId));
    }
  });
  await fc.assert(asTheRules, { numRuns: 150 });
});
