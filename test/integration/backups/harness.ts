// A backups service on a real database of one's own. Other services' answers are told by the test.
import { randomUUID } from 'node:crypto';
import { BackupService } from '@account-backups/backups/backup.service.js';
import { BackupsRepository } from '@account-backups/backups/backups.repository.js';
import { database as definition } from '@account-backups/backups/database.js';
import { LifecycleRepository } from '@account-backups/backups/lifecycle.repository.js';
import { LifecycleService } from '@account-backups/backups/lifecycle.service.js';
import { RequestRulesService } from '@account-backups/backups/request-rules.service.js';
import { AppError, type Access, type Payload, type PermittedOrgUnits } from '@account-backups/contracts';
import { migrate, openDatabase } from '@account-backups/database';
import type { Bus } from '@account-backups/messaging';
import { Clock } from '@account-backups/service-kit';
import type { DataSource } from 'typeorm';
import { testDatabase } from '../../support/real-parts.js';

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
  readonly backups: BackupService;
  readonly lifecycle: LifecycleService;
  readonly database: DataSource;
  /** Jobs that were queued, oldest first. */
  readonly jobs: { name: string; backupId: string }[];
  close(): Promise<void>;
}

export class SetClock extends Clock {
  constructor(public time = new Date('2026-03-01T12:00:00Z')) {
    super();
  }

  now(): Date {
    return this.time;
  }

  pass(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds);
  }
}

export async function openDesk(): Promise<Desk> {
  const room = await testDatabase();
  const database = await openDatabase({ ...definition, url: room.url, poolSize: 10 });
  await migrate(database);
  const world: World = { subscription: 'valid', rights: new Map(), orgUnitIds: ['a', 'b', 'c'] };
  world.rights.set('ada', { orgUnitIds: [], siteAdmin: true });
  world.rights.set('mona', { orgUnitIds: ['a', 'b'], siteAdmin: false });
  world.rights.set('otto', { orgUnitIds: [], siteAdmin: false });
  const jobs: Desk['jobs'] = [];
  const bus = toldBus(world, jobs);
  const clock = new SetClock();
  const backups = new BackupsRepository(database);
  const lifecycle = new LifecycleRepository(database);
  return {
    world,
    clock,
    jobs,
    database,
    backups: new BackupService(backups, lifecycle, new RequestRulesService(bus, backups), bus, clock),
    lifecycle: new LifecycleService(lifecycle, bus, clock),
    close: async () => {
      await database.destroy();
      await room.drop();
    },
  };
}

/** A request of which only what the test names matters. */
export function asked(userId: string, fields: Partial<Payload<'backups.create'>> = {}): Payload<'backups.create'> {
  const request = { includeActive: true, includeInactive: false, excludeSuperseded: false };
  const unnamed = { sealedPassword: null, idempotencyKey: null, requestFingerprint: null };
  return { accountId: 'lab', userId, request, ...unnamed, ...fields };
}

const accounted = { expected: 5, included: 3, excluded: { byActivity: 1, asSuperseded: 0 }, exceptions: 1 };
/** What `built` says of its archive. */
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

function toldBus(world: World, jobs: Desk['jobs']): Bus {
  const answers: Record<string, (payload: Who) => unknown> = {
    'permissions.get-access': (who) => accessOf(world, who),
    'permissions.list-permitted-org-units': (who) => permittedOf(world, who),
    'subscriptions.get-state': () => ({ state: world.subscription }),
  };
  const told = {
    request: async (name: string, payload: Who) => answers[name]?.(payload),
    enqueue: async (name: string, { backupId }: { backupId: string }) => void jobs.push({ name, backupId }),
    publish: async () => undefined,
    signal: async () => undefined,
  };
  return told as unknown as Bus;
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
