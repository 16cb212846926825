import { randomUUID } from 'node:crypto';
import { AppError, type Payload, type Reply } from '@account-backups/contracts';
import { storableText } from '@account-backups/database';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { viewOf, type KnownRanges } from './download-view.js';
import type {
  DownloadLink,
  RangeBegunPayload,
  RangeEndedPayload,
  StartedPayload,
  TalliedPayload,
} from '../rows/link.js';
import { LinksRepository } from './links.repository.js';
import { cursorAt, sequenceOf } from './page-cursor.js';
import { hasOwnLinks, LINKS_THAT_COUNT } from './range-links.js';
import { TalliesRepository } from './tallies.repository.js';
import { TransfersRepository } from './transfers.repository.js';

/** Gateways note every five seconds how far a range got; one that is silent for longer is gone. */
const SILENCE_MS = 30_000;
const BATCH = 500;

/** How soon the chain is told of ranges without links, and how often. */
const RECORD_AFTER_MS = 30_000;
const RECORD_EVERY_MS = 600_000;

/** How long a download may be used, unless the archive expires before. */
const DOWNLOAD_MS = 24 * 3_600_000;

@Injectable()
export class DownloadService {
  constructor(
    private readonly links: LinksRepository,
    private readonly transfers: TransfersRepository,
    private readonly tallies: TalliesRepository,
    private readonly clock: Clock,
  ) {}

  /** Safe to repeat with the sender's own id. */
  async start(asked: Payload<'downloads.start'>): Promise<Reply<'downloads.start'>> {
    const { accountId, backupId, user, ofBytes, expiresAt, downloadId = randomUUID() } = asked;
    const at = await this.clock.now();
    const payload: StartedPayload = {
      userId: user.userId,
      userName: storableText(user.name),
      ...originOf(asked),
      ofBytes,
      expiresAt: new Date(Math.min(at.getTime() + DOWNLOAD_MS, Date.parse(expiresAt))).toISOString(),
    };
    await this.links.append({
      at,
      accountId,
      backupId,
      downloadId,
      kind: 'started',
      transferId: null,
      payload,
    });
    return { downloadId };
  }

  async get({ userId, ...ids }: Payload<'downloads.get'>): Promise<Reply<'downloads.get'>> {
    const { payload } = await this.startOf(ids);
    const { userId: startedBy, ofBytes, expiresAt } = payload as StartedPayload;
    if (startedBy !== userId) throw unknown('download', ids.downloadId);
    if (new Date(expiresAt) <= (await this.clock.now())) {
      throw new AppError('DOWNLOAD_EXPIRED', 'this download link has run out; begin a new download');
    }
    return { downloadId: ids.downloadId, ofBytes, expiresAt };
  }

  /** Safe to repeat with the sender's own id: also once the range has ended nothing is begun again. */
  async beginRange(asked: Payload<'downloads.begin-range'>): Promise<Reply<'downloads.begin-range'>> {
    const { accountId, backupId, downloadId, from, to, transferId = randomUUID() } = asked;
    const { ofBytes } = (await this.startOf(asked)).payload as StartedPayload;
    if (from >= to || to > ofBytes) {
      throw new AppError(
        'VALIDATION_FAILED',
        `range ${from} to ${to}: expected one within ${ofBytes} bytes, not empty`,
      );
    }
    if (await this.links.findRange(asked, transferId)) return { transferId };
    const payload: RangeBegunPayload = { from, to, ...originOf(asked) };
    const at = await this.clock.now();
    const isLinked = hasOwnLinks(await this.links.begunRanges(asked, LINKS_THAT_COUNT), payload);
    const ids = { accountId, backupId, downloadId, transferId };
    await this.transfers.begin({ ...ids, bytesSent: 0, unrecorded: isLinked ? null : payload, notedAt: at });
    if (isLinked) await this.links.append({ ...ids, at, kind: 'range_begun', payload });
    return { transferId };
  }

  async noteSent(asked: Payload<'downloads.note-sent'>): Promise<Reply<'downloads.note-sent'>> {
    await this.transfers.note({ ...asked, notedAt: await this.clock.now() });
    return {};
  }

  /** Ends the ranges whose sender fell silent with what it last said. Safe to repeat. */
  async closeSilent(): Promise<void> {
    const at = await this.clock.now();
    const silent = await this.transfers.silent(new Date(at.getTime() - SILENCE_MS), BATCH);
    for (const { bytesSent, unrecorded, notedAt, ...ids } of silent) {
      const payload: RangeEndedPayload = { bytesSent };
      // An end that is told later finds it in the chain.
      if (unrecorded) await this.links.append({ ...ids, at: notedAt, kind: 'range_begun', payload: unrecorded });
      // Whoever noted it may have died before it was in the chain: then nothing of it was sent.
      const isBegun = await this.links.findRange(ids, ids.transferId);
      if (isBegun) await this.links.append({ ...ids, at, kind: 'range_lost', payload });
      await this.transfers.forget(ids.transferId);
    }
  }

  /** Tells the chain what was tallied since it was last told. Safe to repeat. */
  async recordTallies(): Promise<void> {
    const at = await this.clock.now();
    for (const tally of await this.tallies.due(at, BATCH)) {
      const { accountId, backupId, downloadId, ranges } = tally;
      const ids = { accountId, backupId, downloadId };
      const { bytesSent } = viewOf(
        await this.startOf(ids),
        (await this.knownOf(accountId, [downloadId]))(downloadId),
        at,
      );
      const payload: TalliedPayload = { ranges, bytesSent };
      const next = new Date(at.getTime() + RECORD_EVERY_MS);
      await this.tallies.record(tally, { ...ids, at, kind: 'tallied', transferId: null, payload }, next);
    }
  }

  /** The first end of a range counts; reporting it again writes nothing. */
  async endRange(asked: Payload<'downloads.end-range'>): Promise<Reply<'downloads.end-range'>> {
    const { accountId, backupId, downloadId, transferId, bytesSent } = asked;
    if (await this.wasTallied(asked)) return {};
    const begun = await this.links.findRange(asked, transferId);
    if (begun?.backupId !== backupId) {
      // One that was tallied is under way no more and has no link.
      if (!begun && (await this.tallies.isKept(asked))) return {};
      throw unknown('range', transferId);
    }
    refuseMoreThan(begun.payload as RangeBegunPayload, bytesSent);
    const payload: RangeEndedPayload = { bytesSent };
    const at = await this.clock.now();
    await this.links.append({ accountId, backupId, downloadId, transferId, at, kind: 'range_ended', payload });
    await this.transfers.forget(transferId);
    return {};
  }

  private async wasTallied(asked: Payload<'downloads.end-range'>): Promise<boolean> {
    const { accountId, backupId, downloadId, transferId, bytesSent } = asked;
    const range = (await this.transfers.find(asked))?.unrecorded;
    if (!range) return false;
    refuseMoreThan(range, bytesSent);
    const taken = { start: range.from, end: range.from + bytesSent };
    const at = await this.clock.now();
    const recordAfter = new Date(at.getTime() + RECORD_AFTER_MS);
    return this.tallies.add({ accountId, backupId, downloadId, transferId, taken, at, recordAfter });
  }

  async list({ accountId, backupId, limit, cursor }: Payload<'downloads.list'>): Promise<Reply<'downloads.list'>> {
    const before = cursor === null ? Number.MAX_SAFE_INTEGER : sequenceOf(cursor);
    const found = await this.links.startsBefore(accountId, backupId, { before, limit: limit + 1 });
    const starts = found.slice(0, limit);
    const known = await this.knownOf(
      accountId,
      starts.map(({ downloadId }) => downloadId),
    );
    const at = await this.clock.now();
    const last = found.length > limit ? starts.at(-1) : undefined;
    return {
      items: starts.map((start) => viewOf(start, known(start.downloadId), at)),
      nextCursor: last ? cursorAt(last.sequence) : null,
    };
  }

  /** What is known of the ranges of each of these downloads. */
  private async knownOf(
    accountId: string,
    downloadIds: readonly string[],
  ): Promise<(downloadId: string) => KnownRanges> {
    const links = await this.links.rangesOf(accountId, downloadIds);
    const underWay = await this.transfers.of(accountId, downloadIds);
    const tallies = await this.tallies.of(accountId, downloadIds);
    return (downloadId) => ({
      links: links.get(downloadId) ?? [],
      underWay: underWay.filter((transfer) => transfer.downloadId === downloadId),
      tally: tallies.find((tally) => tally.downloadId === downloadId) ?? null,
    });
  }

  private async startOf(ids: { accountId: string; backupId: string; downloadId: string }): Promise<DownloadLink> {
    const start = await this.links.findStart(ids);
    if (start) return start;
    throw unknown('download', ids.downloadId);
  }
}

function refuseMoreThan({ from, to }: RangeBegunPayload, bytesSent: number): void {
  if (bytesSent <= to - from) return;
  throw new AppError('VALIDATION_FAILED', `bytesSent ${bytesSent}: expected at most the ${to - from} of the range`);
}

function originOf({ ipAddress, userAgent }: { ipAddress: string; userAgent: string }) {
  return { ipAddress: storableText(ipAddress), userAgent: storableText(userAgent) };
}

function unknown(what: string, id: string): AppError {
  return new AppError('NOT_FOUND', `${what} ${id} is not known here`);
}
