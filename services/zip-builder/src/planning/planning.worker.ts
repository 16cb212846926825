import {
  addTallies,
  bagRoot,
  DocumentPlanner,
  emptyTally,
  FOLDER_RULE,
  OrgUnitFolders,
  selectVersions,
  tallyUnseen,
  unfiled,
  type ArchiveFacts,
  type PlannedDocument,
} from '@account-backups/bag';
import { MIB, type BackupOrder, type SelectionSize } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import type { ObjectStore } from '@account-backups/object-store';
import { Clock, OBJECT_STORE } from '@account-backups/service-kit';
import { discard, mapInOrder } from '@account-backups/zip';
import { Inject, Injectable } from '@nestjs/common';
import type { BuildEntity } from '../builds/build.entity.js';
import type { BuildFacts } from '../builds/build-facts.js';
import { buildObjects } from '../store/build-objects.js';
import type { PlannedSegment } from '../builds/planned-segment.js';
import { CONFIG, type ZipBuilderConfig } from '../config.js';
import { DocumentPages } from './document-pages.service.js';
import { PlanLines } from './plan-lines.js';
import { accountedRecord } from './accounted-record.js';
import { plannedRecords } from '../building/planned-records.js';
import { cutFor, SegmentPacker } from './segment-packing.js';
import { software } from './software.js';

interface Plan {
  readonly facts: BuildFacts;
  readonly segments: readonly PlannedSegment[];
  /** All documents of an archive small enough to be made in one go, for which nothing was stored; else null. */
  readonly kept: readonly PlannedDocument[] | null;
}

interface PlanWork {
  readonly build: BuildEntity;
  readonly order: BackupOrder;
  /** OUs in which a document lies somewhere; null where the requester may not know of those that lie in none. */
  readonly knownOrgUnitIds: readonly string[] | null;
  readonly signal: AbortSignal;
}

/** Up to this size one builder makes the archive alone: handing out the work would take longer. */
const SMALL_BYTES = 16 * MIB;

/** Plans on their way to the store while the next ones are made. */
const PLANS_UNDER_WAY = { concurrency: 4, budget: 8 * MIB };

interface PlannedArchive {
  readonly archive: ArchiveFacts;
  readonly measured: SelectionSize;
}

interface SegmentPlan {
  readonly number: number;
  readonly plan: Buffer<ArrayBuffer>;
}

/** Reads the register once and writes the immutable plan: one object for each segment, a line for each document. */
@Injectable()
export class PlanningWorker {
  constructor(
    private readonly bus: Bus,
    private readonly pages: DocumentPages,
    private readonly clock: Clock,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'SEGMENT_MIB'>,
  ) {}

  /**
   * Memory: two pages of documents, those of one segment, and 8 MiB of plans. Stops with the signal's reason when that
   * is aborted.
   */
  async plan(work: PlanWork): Promise<Plan> {
    const { order } = work;
    const asAt = (await this.clock.now()).toISOString();
    const { accountId } = order.account;
    const measured = await this.bus.request('documents.measure', { accountId, selection: order.selection });
    const archive = archiveFacts(order, asAt, measured);
    const packer = new SegmentPacker(cutFor(measured, this.config.SEGMENT_MIB * MIB));
    const { kept, ...totals } = await this.writeSegments({ ...work, archive, packer, measured });
    const partBytes = cutFor(measured, this.config.SEGMENT_MIB * MIB).partBytes;
    const { segments, closingPart } = packer;
    const facts: BuildFacts = {
      archive,
      scope: order.scope,
      fileName: `${archive.bagRoot}.zip`,
      ...totals,
      segmentCount: segments.length,
      partBytes,
      closingPart,
    };
    return { facts, segments, kept };
  }

  private async writeSegments(
    work: PlanWork & PlannedArchive & { readonly packer: SegmentPacker },
  ): Promise<{ documentCount: number; sizeBytes: number; kept: readonly PlannedDocument[] | null }> {
    const { build, packer, signal } = work;
    const lines = new PlanLines();
    let isSmall = false;
    const cut = async function* segments(records: AsyncIterable<PlannedDocument>): AsyncGenerator<SegmentPlan> {
      const closed = () => ({ number: packer.close().number, plan: lines.take() });
      for await (const record of records) {
        signal.throwIfAborted();
        lines.add(JSON.stringify(record));
        if ('absent' in record ? packer.addAbsent() : packer.add(record.files)) yield closed();
      }
      isSmall = packer.segments.length === 0 && packer.boundBytes <= SMALL_BYTES;
      if (isSmall) packer.close();
      else if (!packer.isEmpty) yield closed();
    };
    await this.storePlans(build, cut(this.records(work)));
    return { ...totalsOf(packer.segments), kept: isSmall ? Array.from(plannedRecords(lines.take())) : null };
  }

  private async storePlans(build: BuildEntity, plans: AsyncIterable<SegmentPlan>): Promise<void> {
    const put = async ({ number, plan }: SegmentPlan) => {
      await this.store.put(buildObjects.plan(build, number), plan);
      discard(plan);
    };
    const limits = { ...PLANS_UNDER_WAY, costOf: ({ plan }: SegmentPlan) => plan.length };
    for await (const _stored of mapInOrder(plans, put, limits)) continue;
  }

  private async *records(work: PlanWork & PlannedArchive): AsyncGenerator<PlannedDocument> {
    const { order, archive, measured, knownOrgUnitIds } = work;
    const { accountId } = order.account;
    const planner = new DocumentPlanner({
      bagRoot: archive.bagRoot,
      folders: new OrgUnitFolders(order.scope, archive.bagRoot),
      expectedDocuments: measured.documentCount,
    });
    for await (const { documents, contents } of this.pages.of(accountId, order.selection)) {
      for (const document of documents) {
        const selected = selectVersions(document, order.options);
        if (!selected.included) continue;
        const { versions } = selected;
        yield accountedRecord(planner, { document, versions, contentOf: (fileId) => contents.get(fileId) });
      }
    }
    if (!knownOrgUnitIds) return;
    const selection = { ...order.options, knownOrgUnitIds: [...knownOrgUnitIds] };
    for await (const document of this.pages.unfiled(accountId, selection)) yield unfiled(document);
  }
}

function totalsOf(segments: readonly PlannedSegment[]): { documentCount: number; sizeBytes: number } {
  return {
    documentCount: segments.reduce((sum, segment) => sum + segment.documentCount, 0),
    sizeBytes: segments.reduce((sum, segment) => sum + segment.sizeBytes, 0),
  };
}

function archiveFacts(order: BackupOrder, asAt: string, measured: SelectionSize): ArchiveFacts {
  const { account, backupId } = order;
  const { accountId, name, timeZone } = account;
  return {
    bagRoot: bagRoot({ accountId, accountName: name, asAt, backupId }),
    backupId,
    account: { accountId, name, timeZone },
    asAt,
    requestedAt: order.createdAt,
    requestedBy: order.createdBy,
    allOrgUnits: order.allOrgUnits,
    options: order.options,
    passwordProtected: order.sealedPassword !== null,
    folderRule: FOLDER_RULE,
    software,
    tally: addTallies(
      addTallies(emptyTally, tallyUnseen(measured.excludedByActivity, 'byActivity')),
      tallyUnseen(measured.excludedAsSuperseded, 'asSuperseded'),
    ),
  };
}
