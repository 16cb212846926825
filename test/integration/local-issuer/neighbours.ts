// The services behind the issuer and the gateway, played on a real broker so that a test decides what they answer.
import { AppError, type Access, type Reply, type TrailRecord } from '@account-backups/contracts';
import { playService } from '../../support/played-service.js';
import { freshVhost } from '../../support/real-parts.js';
import { PlayedSessions } from './played-sessions.js';

interface PersonKey {
  readonly accountId: string;
  readonly userId: string;
}

export interface Neighbours {
  /** A broker of one's own. */
  readonly url: string;
  /** The people who are provisioned and active, by `userId@accountId`. */
  readonly active: Map<string, { readonly name: string; readonly subject?: string }>;
  readonly sessions: PlayedSessions;
  /** What the audit was told, in order. */
  readonly told: TrailRecord[];
  /** How far the database's clock is from this machine's. */
  databaseAheadMs: number;
  /** Ends `permissions` for good. */
  stopPermissions(): Promise<void>;
  /** Likewise. */
  stopScheduler(): Promise<void>;
  close(): Promise<void>;
}

/** Starts what signing in and the start page ask, and an audit that notes what it is told. */
export async function startNeighbours(): Promise<Neighbours> {
  const vhost = await freshVhost();
  const active = new Map<string, { readonly name: string; readonly subject?: string }>();
  const sessions = new PlayedSessions();
  const told: TrailRecord[] = [];
  const all = await Promise.all([
    playService(vhost.url, 'permissions', {
      'permissions.find-user': (who) => ({ userId: meantBy(active, who), active: true }),
      'permissions.get-access': (who) => accessOf(active, who),
      ...sessions.answers,
    }),
    playService(vhost.url, 'backups', {
      'backups.get-request-state': () => requestState,
      'backups.list': () => ({ items: [], nextCursor: null }),
      'backups.estimate': () => ({ documentCount: 0, fileCount: 0, sizeBytes: 0 }),
    }),
    playService(vhost.url, 'scheduler', {
      'scheduler.get-next-scan': () => ({
        nextScanAt: '2026-05-01T00:00:00.000Z',
        now: new Date(Date.now() + neighbours.databaseAheadMs).toISOString(),
      }),
    }),
    playService(vhost.url, 'download-audit', {
      'trail.record': ({ records }) => {
        told.push(...records);
        return {};
      },
    }),
  ]);
  const [permissions, , scheduler] = all;
  const neighbours: Neighbours = {
    url: vhost.url,
    active,
    sessions,
    told,
    databaseAheadMs: 0,
    stopPermissions: () => permissions.close(),
    stopScheduler: () => scheduler.close(),
    close: async () => {
      await Promise.all(all.map((service) => service.close()));
      await vhost.drop();
    },
  };
  return neighbours;
}

/** Of somebody who may do everything. */
export const requestState: Reply<'backups.get-request-state'> = {
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

function meantBy(
  active: Neighbours['active'],
  { accountId, subject }: { readonly accountId: string; readonly subject: string },
): string {
  const people = [...active].filter(([name]) => name.endsWith(`@${accountId}`));
  const named = ([name, person]: (typeof people)[number]) => (person.subject ?? name.split('@')[0]) === subject;
  const userId = people.find(named)?.[0].split('@')[0];
  if (userId === undefined) throw new AppError('NOT_FOUND', 'nobody is meant');
  return userId;
}

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
