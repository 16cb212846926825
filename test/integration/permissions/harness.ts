// A permissions service on its own real database, without a bus.
import { directory as schema, type Directory, type Reply } from '@account-backups/contracts';
import { AccessRepository } from '@account-backups/permissions/access/access.repository.js';
import { AccessService } from '@account-backups/permissions/access/access.service.js';
import { database as definition } from '@account-backups/permissions/database.js';
import { DirectoriesRepository } from '@account-backups/permissions/directory/directories.repository.js';
import { DirectoryService } from '@account-backups/permissions/directory/directory.service.js';
import { IssuerLogoutsRepository } from '@account-backups/permissions/sessions/issuer-logouts.repository.js';
import { SessionService } from '@account-backups/permissions/sessions/session.service.js';
import { SessionsRepository } from '@account-backups/permissions/sessions/sessions.repository.js';
import { Trail } from '@account-backups/service-kit';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { migratedDatabase } from '../../support/migrated-database.js';
import { SetClock } from '../../support/set-clock.js';
import { ToldBus } from '../../support/told-bus.js';

export interface Permissions {
  readonly directories: DirectoryService;
  readonly access: AccessService;
  readonly sessions: SessionService;
  readonly bus: ToldBus;
  /** Of sessions. */
  readonly clock: SetClock;
  readonly database: DataSource;
  /** As a change that begins now. */
  sync(accountId: string, directory: Directory): Promise<Reply<'permissions.sync-directory'>>;
  close(): Promise<void>;
}

export async function openPermissions(): Promise<Permissions> {
  const { pool: database, close } = await migratedDatabase(definition);
  const [bus, clock] = [new ToldBus(), new SetClock(new Date().toISOString())];
  const trail = new Trail(database, bus);
  const directories = new DirectoryService(new DirectoriesRepository(database, trail), bus, clock);
  return {
    directories,
    sync: async (accountId, parts) =>
      directories.sync({ accountId, ...(await directories.beginChange()), directory: parts }),
    access: new AccessService(new AccessRepository(database)),
    sessions: new SessionService(
      new SessionsRepository(database, trail),
      new IssuerLogoutsRepository(trail),
      bus,
      clock,
    ),
    bus,
    clock,
    database,
    close,
  };
}

export type DirectoryInput = Partial<z.input<typeof schema>>;

export function directory(parts: DirectoryInput = {}): Directory {
  return schema.parse({ name: 'Northfield', timeZone: 'Europe/London', ...parts });
}

/** Two facilities, a tree in the first, a keeper's role, and one person of each sort. */
export const northfield: DirectoryInput = {
  facilities: [
    { facilityId: 'north', name: 'North' },
    { facilityId: 'south', name: 'South' },
  ],
  orgUnits: [
    { orgUnitId: 'quality', name: 'Quality', facilityId: 'north' },
    { orgUnitId: 'laboratory', name: 'Laboratory', parentOrgUnitId: 'quality' },
    { orgUnitId: 'bench', name: 'Bench', parentOrgUnitId: 'laboratory' },
    { orgUnitId: 'kitchen', name: 'Kitchen', facilityId: 'south' },
    { orgUnitId: 'board', name: 'Board' },
  ],
  roles: [{ roleId: 'reader', name: 'Reader', permissions: ['Documents:View'] }],
  users: [
    { userId: 'ada', name: 'Ada', siteAdmin: true },
    { userId: 'felix', name: 'Felix', facilityAdminOf: ['north'] },
    { userId: 'mona', name: 'Mona' },
    { userId: 'otto', name: 'Otto' },
    { userId: 'gone', name: 'Gone', active: false, siteAdmin: true },
  ],
  userGroups: [
    {
      userGroupId: 'office',
      name: 'Office',
      memberIds: ['mona', 'gone'],
      grants: [
        { roleId: 'administration-editor', orgUnitIds: ['laboratory'], includeSubUnits: true },
        { roleId: 'administration-editor', orgUnitIds: ['kitchen'] },
        { roleId: 'reader', orgUnitIds: ['board'] },
      ],
    },
  ],
};
