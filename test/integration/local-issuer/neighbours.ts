// What the services behind the issuer and the gateway would answer, on a real broker, so that a test decides it.
import {
  AppError,
  messages,
  type Access,
  type Payload,
  type Reply,
  type RequestName,
} from '@account-backups/contracts';
import { BusStrategy } from '@account-backups/messaging';
import type { MessageHandler } from '@nestjs/microservices';
import { freshVhost } from '../../support/real-parts.js';

interface PersonKey {
  readonly accountId: string;
  readonly userId: string;
}

export interface Neighbours {
  /** A broker of one's own. */
  readonly url: string;
  /** The people who are provisioned and active, by `userId@accountId`. */
  readonly active: Map<string, { readonly name: string }>;
  /** Ends `permissions` for good. */
  stopPermissions(): Promise<void>;
  close(): Promise<void>;
}

/** Starts `permissions`, `backups` and `scheduler` as far as signing in and the start page ask them. */
export async function startNeighbours(): Promise<Neighbours> {
  const vhost = await freshVhost();
  const active = new Map<string, { readonly name: string }>();
  const permissions = new BusStrategy({
    url: vhost.url,
    service: 'permissions',
    messages: only('permissions.get-access'),
  });
  answer(permissions, 'permissions.get-access', (who) => accessOf(active, who));
  const asked = only('backups.get-request-state', 'backups.list', 'backups.estimate');
  const backups = new BusStrategy({ url: vhost.url, service: 'backups', messages: asked });
  answer(backups, 'backups.get-request-state', () => requestState);
  answer(backups, 'backups.list', () => ({ items: [], nextCursor: null }));
  answer(backups, 'backups.estimate', () => ({ documentCount: 0, fileCount: 0, sizeBytes: 0 }));
  const scheduler = new BusStrategy({
    url: vhost.url,
    service: 'scheduler',
    messages: only('scheduler.get-next-scan'),
  });
  answer(scheduler, 'scheduler.get-next-scan', () => ({ nextScanAt: '2026-05-01T00:00:00.000Z' }));
  const all = [permissions, backups, scheduler];
  await Promise.all(all.map(listening));
  return {
    url: vhost.url,
    active,
    stopPermissions: () => permissions.close(),
    close: async () => {
      await Promise.all(all.map((service) => service.close()));
      await vhost.drop();
    },
  };
}

const requestState: Reply<'backups.get-request-state'> = {
  canManageBackups: true,
  subscription: {
    state: 'valid',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    startsAt: '2026-01-01T00:00:00.000Z',
    endsAt: '2027-01-01T00:00:00.000Z',
    reference: null,
  },
  canRequestBackup: true,
  cannotRequestBecause: null,
};

function accessOf(active: ReadonlyMap<string, { readonly name: string }>, { accountId, userId }: PersonKey): Access {
  const known = active.get(`${userId}@${accountId}`);
  if (!known) throw new AppError('NOT_FOUND', `user ${userId} is not known`);
  return {
    account: { accountId, name: `Account ${accountId}`, timeZone: 'Europe/London', enterprise: false },
    user: { userId, name: known.name },
    siteAdmin: false,
    facilityAdminOf: [],
    orgUnitIds: [],
    accountOrgUnitCount: 0,
  };
}

function answer<N extends RequestName>(service: BusStrategy, name: N, reply: (payload: Payload<N>) => Reply<N>): void {
  service.addHandler(name, (async (payload: Payload<N>) => reply(payload)) as MessageHandler);
}

function only<N extends RequestName>(...names: readonly N[]) {
  return Object.fromEntries(names.map((name) => [name, messages[name]]));
}

function listening(service: BusStrategy): Promise<void> {
  return new Promise((resolve, reject) => {
    service.listen((error) => (error ? reject(error as Error) : resolve()));
  });
}
