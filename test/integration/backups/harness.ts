// A backups service on its own real database. The test supplies the other services' answers.
import { randomUUID } from 'node:crypto';
import { BackupService } from '@account-backups/backups/visible/backup.service.js';
import { BackupsRepository } from '@account-backups/backups/rows/backups.repository.js';
import { database as definition } from '@account-backups/backups/database.js';
import { LifecycleRepository } from '@account-backups/backups/lifecycle/lifecycle.repository.js';
import { LifecycleService } from '@account-backups/backups/lifecycle/lifecycle.service.js';
import { SealedService } from '@account-backups/backups/lifecycle/sealed.service.js';
import { SealedRepository } from '@account-backups/backups/rows/sealed.repository.js';
import { WaitingMetric } from '@account-backups/backups/lifecycle/waiting.metric.js';
import { RequestRulesService } from '@account-backups/backups/requests/request-rules.service.js';
import { RequestService } from '@account-backups/backups/requests/request.service.js';
import { AppError, type Access, type Payload, type PermittedOrgUnits } from '@account-backups/contracts';
import { Trail } from '@account-backups/service-kit';
import type { DataSource } from 'typeorm';
import { migratedDatabase } from '../../support/migrated-database.js';
import { SetClock } from '../../support/set-clock.js';
import { ToldBus } from '../../support/told-bus.js';

/** What the other services know; a test changes it as it goes. */
export interface World {
  subscription: 'valid' | 'expired';
  /** userId → the OUs that they may back up; a Site Admin has all. */
  readonly rights: Map<string, { orgUnitIds: readonly string[]; siteAdmin: boolean }>;
  readonly orgUnitIds: string[];
}

export interface Desk {
  readonly world: World;
  readonly clock: SetClock;
  readonly requests: RequestService;
  readonly backups: BackupService;
  readonly lifecycle: LifecycleService;
  readonly sealed: SealedService;
  readonly waitingMetric: WaitingMetric;
  readonly database: DataSource;
  readonly bus: ToldBus;
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const { pool: database, close } = await migratedDatabase(definition);
  const world: World = { subscription: 'valid', rights: new Map(), orgUnitIds: ['a', 'b', 'c'] };
  world.rights.set('ada', { orgUnitIds: [], siteAdmin: true });
  world.rights.set('mona', { orgUnitIds: ['a', 'b'], siteAdmin: false });
  world.rights.set('otto', { orgUnitIds: [], siteAdmin: false });
  const bus = busOf(world);
  const clock = new SetClock('2026-03-01T12:00:00Z');
  const trail = new Trail(database, bus);
  const backups = new BackupsRepository(database, trail);
  const lifecycle = new LifecycleRepository(database, trail);
  return {
    world,
    clock,
    bus,
    database,
    requests: new RequestService(backups, new RequestRulesService(bus, backups), bus, clock),
    backups: new BackupService(backups, lifecycle, bus, clock),
    lifecycle: new LifecycleService(lifecycle, bus, clock, { STALL_SECONDS: 3_600 }),
    sealed: new SealedService(new SealedRepository(database)),
    waitingMetric: new WaitingMetric(lifecycle, clock),
    close,
  };
}

/** A request; the test names only the fields that matter to it. */
export function asked(userId: string, fields: Partial<Payload<'backups.create'>> = {}): Payload<'backups.create'> {
  const request = { includeActive: true, includeInactive: false, excludeSuperseded: false };
  const unnamed = { sealedPassword: null, idempotencyKey: null, requestFingerprint: null };
  return { accountId: 'lab', userId, request, ...unnamed, ...fields };
}

const accounted = { expected: 5, included: 3, excluded: { byActivity: 1, asSuperseded: 0 }, exceptions: 1 };
/** The counts that `built` reports. */
export const counts = { documents: accounted, versions: accounted, files: accounted };

/** The fact that an archive was built. */
export function built(backupId: string, builtAt: Date): Payload<'archive.built'> {
  return {
    accountId: 'lab',
    backupId,
    objectKey: `accounts/lab/${randomUUID()}`,
    sizeBytes: 1_000,
    sha256: 'b'.repeat(64),
    fileName: 'lab.zip',
    documentCount: 3,
    exceptionCount: 1,
    counts,
    builtAt: builtAt.toISOString(),
  };
}

interface Who {
  readonly accountId: string;
  readonly userId: string;
}

const TERM = {
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  startsAt: '2026-01-01T00:00:00.000Z',
  endsAt: '2027-01-01T00:00:00.000Z',
  reference: null,
};

function busOf(world: World): ToldBus {
  return new ToldBus({
    'permissions.get-access': (who) => accessOf(world, who),
    'permissions.list-permitted-org-units': (who) => permittedOf(world, who),
    'subscriptions.get-state': () => ({ ...TERM, state: world.subscription }),
  });
}

function accessOf(world: World, { accountId, userId }: Who): Access {
  const known = world.rights.get(userId);
  if (!known) throw new AppError('NOT_FOUND', `${userId} is nobody`);
  return {
    account: { accountId, name: 'Lab', timeZone: 'Europe/London', enterprise: false },
    user: { userId, name: userId.toUpperCase() },
    siteAdmin: known.siteAdmin,
    facilityAdminOf: [],
    orgUnitIds: known.siteAdmin ? [...world.orgUnitIds] : [...known.orgUnitIds],
    accountOrgUnitCount: world.orgUnitIds.length,
  };
}

function permittedOf(world: World, who: Who): PermittedOrgUnits {
  const orgUnits = accessOf(world, who).orgUnitIds.map((orgUnitId) => ({
    orgUnitId,
    name: `OU ${orgUnitId}`,
    parentOrgUnitId: null,
    facilityId: null,
  }));
  return { facilities: [], orgUnits };
}
