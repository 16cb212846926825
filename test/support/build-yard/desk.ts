// `backups`, `documents`, `permissions`, `download-audit` and the scheduler's beat, as far as builders ask them.
import { randomUUID } from 'node:crypto';
import { AppError, type Access, type BackupOrder, type Payload, type Reply } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { playService } from '../played-service.js';
import type { YardDocuments } from './documents.js';

const TICK_MS = 500;
const MAX_ORG_UNITS_OF_DOCUMENT = 1_000;
const ACCOUNT = { name: 'The Yard', timeZone: 'Europe/Berlin', enterprise: false };
const OPTIONS = { includeActive: true, includeInactive: true, excludeSuperseded: false };

export type Outcome =
  | ({ readonly status: 'completed' } & Payload<'archive.built'>)
  | ({ readonly status: 'failed' } & Payload<'archive.failed'>)
  | ({ readonly status: 'deleted' } & Payload<'archive.deleted'>);

/** The sealed password of a backup, if it has one. */
export type Seal = (backup: { readonly accountId: string; readonly backupId: string }) => Promise<string | null>;

export interface Desk {
  /** How backups ended, as it was said, as often as it was said. */
  readonly outcomes: ReadonlyMap<string, readonly Outcome[]>;
  readonly progress: ReadonlyMap<string, readonly Payload<'archive.progressed'>[]>;
  readonly asked: { readonly pages: number };
  /** Object keys that the register does not know. */
  readonly unregistered: Set<string>;
  /** Notes a backup of these documents, of which no builder knows, and gives its id. */
  note(accountId: string, documents: YardDocuments, seal: Seal): Promise<string>;
  /** As `backups` drives one that is in progress, for the first time or again. */
  drive(accountId: string, backupId: string): Promise<void>;
  /** As `backups` ends one that is in progress. */
  end(accountId: string, backupId: string): Promise<void>;
  close(): Promise<void>;
}

interface Ordered {
  readonly documents: YardDocuments;
  order: BackupOrder;
}

export async function openDesk(url: string): Promise<Desk> {
  const orders = new Map<string, Ordered>();
  const outcomes = new Map<string, Outcome[]>();
  const progress = new Map<string, Payload<'archive.progressed'>[]>();
  const asked = { pages: 0 };
  const unregistered = new Set<string>();
  const bus = new Bus({ url, name: 'yard' });
  const ordered = (backupId = '') => {
    const found = orders.get(backupId);
    if (!found) throw new AppError('NOT_FOUND', `backup ${backupId} was not ordered here`);
    return found;
  };
  const fail = async (accountId: string, backupId: string) => {
    const found = ordered(backupId);
    found.order = { ...found.order, status: 'failed' };
    await bus.enqueue('archives.delete', { accountId, backupId });
  };
  const hear = (outcome: Outcome) => {
    const { backupId } = outcome;
    const found = orders.get(backupId);
    if (found && outcome.status === 'completed') found.order = { ...found.order, status: 'completed' };
    outcomes.set(backupId, [...(outcomes.get(backupId) ?? []), outcome]);
  };
  const services = await Promise.all([
    playService(url, 'backups', {
      'backups.get-order': ({ backupId }) => ordered(backupId).order,
      'archive.progressed': (fact) => {
        progress.set(fact.backupId, [...(progress.get(fact.backupId) ?? []), fact]);
      },
      'archive.built': (fact) => hear({ status: 'completed', ...fact }),
      'archive.failed': async (fact) => {
        await fail(fact.accountId, fact.backupId);
        hear({ status: 'failed', ...fact });
      },
      'archive.deleted': (fact) => hear({ status: 'deleted', ...fact }),
    }),
    playService(url, 'documents', {
      'documents.measure': ({ selection }) => measured(ordered(selection.orgUnitIds[0]).documents),
      'documents.find-registered': ({ objectKeys }) => ({
        registered: objectKeys.filter((key) => !unregistered.has(key)),
      }),
      'documents.list-unfiled': (question) =>
        unfiledOf(ordered(question.selection.knownOrgUnitIds[0]).documents, question),
      'documents.list-page': (question) => {
        asked.pages += 1;
        return pageOf(ordered(question.selection.orgUnitIds[0]).documents, question);
      },
    }),
    playService(url, 'permissions', { 'permissions.get-access': accessOf }),
    playService(url, 'download-audit', {
      'downloads.get-chain-head': () => ({ sequence: 0, hash: '0'.repeat(64) }),
    }),
  ]);
  const beat = setInterval(() => {
    const tick = { tickId: randomUUID(), kind: 'sweep' as const, at: new Date().toISOString() };
    bus.publish('schedule.ticked', tick).catch(() => undefined);
  }, TICK_MS);
  return {
    outcomes,
    progress,
    asked,
    unregistered,
    note: async (accountId, documents, seal) => {
      const backupId = randomUUID();
      const sealedPassword = await seal({ accountId, backupId });
      orders.set(backupId, { documents, order: orderOf(accountId, backupId, { documents, sealedPassword }) });
      return backupId;
    },
    drive: (accountId, backupId) => bus.enqueue('archives.plan', { accountId, backupId }),
    end: fail,
    close: async () => {
      clearInterval(beat);
      await Promise.all(services.map((service) => service.close()));
      await bus.close();
    },
  };
}

function accessOf({ accountId, userId }: Payload<'permissions.get-access'>): Access {
  const account = { accountId, ...ACCOUNT };
  const user = { userId, name: 'Ada' };
  return { account, user, siteAdmin: true, facilityAdminOf: [], orgUnitIds: [], accountOrgUnitCount: 1 };
}

interface Wanted {
  readonly documents: YardDocuments;
  readonly sealedPassword: string | null;
}

// The first OU of an order is called as its backup is, so that a question about documents tells whose they are.
function orderOf(accountId: string, backupId: string, { documents, sealedPassword }: Wanted): BackupOrder {
  const unit = { orgUnitId: backupId, name: 'Unit', parentOrgUnitId: null, facilityId: null };
  const more = (documents.moreOrgUnits ?? []).map((one) => ({ ...one, facilityId: null }));
  return {
    backupId,
    account: { accountId, ...ACCOUNT },
    status: 'in_progress',
    createdAt: '2026-03-02T12:00:00.000Z',
    createdBy: { userId: 'ada', name: 'Ada' },
    allOrgUnits: true,
    scope: { facilities: [], orgUnits: [unit, ...more] },
    options: OPTIONS,
    selection: { orgUnitIds: [backupId, ...more.map(({ orgUnitId }) => orgUnitId)], ...OPTIONS },
    sealedPassword,
  };
}

function measured(documents: YardDocuments): Reply<'documents.measure'> {
  const { count } = documents;
  return {
    documentCount: count,
    fileCount: documents.fileCount ?? count,
    sizeBytes: documents.sizeBytes ?? sumOfSizes(documents),
    totalDocumentCount: count,
    excludedByActivity: 0,
    excludedAsSuperseded: 0,
  };
}

function sumOfSizes({ count, content }: YardDocuments): number {
  let sizeBytes = 0;
  for (let number = 0; number < count; number += 1) sizeBytes += content(number)?.sizeBytes ?? 0;
  return sizeBytes;
}

type PageQuestion = Payload<'documents.list-page'>;

function pageOf(documents: YardDocuments, { afterDocumentId, limit, selection }: PageQuestion) {
  const first = afterDocumentId === null ? 0 : Number(afterDocumentId.slice(2)) + 1;
  const end = Math.min(documents.count, first + limit);
  const numbers = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  const orgUnitIds = selection.orgUnitIds.slice(0, MAX_ORG_UNITS_OF_DOCUMENT);
  const listed = numbers.map((number) => ({ ...documents.document(number), orgUnitIds }));
  return {
    documents: listed,
    files: numbers.map((number) => documents.content(number)).filter((content) => content !== null),
    nextDocumentId: end < documents.count ? (listed.at(-1)?.documentId ?? null) : null,
  };
}

type UnfiledQuestion = Payload<'documents.list-unfiled'>;

function unfiledOf({ unfiledCount = 0 }: YardDocuments, { cursor, limit }: UnfiledQuestion) {
  const first = Number(cursor ?? 0);
  const end = Math.min(unfiledCount, first + limit);
  const items = Array.from({ length: end - first }, (_, at) => ({
    documentId: `lost-${first + at}`,
    title: `Lost ${first + at}`,
    orgUnitIds: ['moon'],
  }));
  return { items, nextCursor: end < unfiledCount ? String(end) : null };
}
