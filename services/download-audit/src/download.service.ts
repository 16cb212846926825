import { randomUUID } from 'node:crypto';
import { AppError, type Payload, type Reply } from '@account-backups/contracts';
import { storableText } from '@account-backups/database';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { viewOf } from './download-view.js';
import type { Link, RangeBegunPayload, RangeEndedPayload, StartedPayload } from './link.js';
import { LinksRepository } from './links.repository.js';
import { cursorAt, sequenceOf } from './page-cursor.js';
import { TransfersRepository } from './transfers.repository.js';

/** Gateways note every five seconds how far a range got; one that is silent for longer is gone. */
const SILENCE_MS = 30_000;
const BATCH = 500;

/** How long a download may be used, unless the archive expires before. */
const DOWNLOAD_MS = 24 * 3_600_000;

@Injectable()
export class DownloadService {
  constructor(
    private readonly links: LinksRepository,
    private readonly transfers: TransfersRepository,
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
    await this.transfers.begin({ transferId, accountId, backupId, downloadId, bytesSent: 0, notedAt: at });
    await this.links.append({
      at,
      accountId,
      backupId,
      downloadId,
      kind: 'range_begun',
      transferId,
      payload,
    });
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
    for (const { transferId, bytesSent, ...ids } of silent) {
      const { accountId, backupId, downloadId } = ids;
      const payload: RangeEndedPayload = { bytesSent };
      // Whoever noted it may have died before it was in the chain: then nothing of it was sent.
      const isBegun = await this.links.findRange(ids, transferId);
      if (isBegun)
        await this.links.append({ at, accountId, backupId, downloadId, kind: 'range_lost', transferId, payload });
      await this.transfers.forget(transferId);
    }
  }

  /** The first end of a range counts; reporting it again writes nothing. */
  async endRange(asked: Payload<'downloads.end-range'>): Promise<Reply<'downloads.end-range'>> {
    const { accountId, backupId, downloadId, transferId, bytesSent } = asked;
    const begun = await this.links.findRange(asked, transferId);
    if (begun?.backupId !== backupId) throw unknown('range', transferId);
    const { from, to } = begun.payload as RangeBegunPayload;
    if (bytesSent > to - from) {
      throw new AppError('VALIDATION_FAILED', `bytesSent ${bytesSent}: expected at most the ${to - from} of the range`);
    }
    const payload: RangeEndedPayload = { bytesSent };
    await this.links.append({
      at: await this.clock.now(),
      accountId,
      backupId,
      downloadId,
      kind: 'range_ended',
      transferId,
      payload,
    });
    await this.transfers.forget(transferId);
    return {};
  }

  async list({ accountId, backupId, limit, cursor }: Payload<'downloads.list'>): Promise<Reply<'downloads.list'>> {
    const before = cursor === null ? Number.MAX_SAFE_INTEGER : sequenceOf(cursor);
    const found = await this.links.startsBefore(accountId, backupId, { before, limit: limit + 1 });
    const starts = found.slice(0, limit);
    const downloadIds = starts.map(({ downloadId }) => downloadId);
    const ranges = await this.links.rangesOf(accountId, downloadIds);
    const underWay = await this.transfers.of(accountId, downloadIds);
    const noted = new Map(underWay.map((transfer) => [transfer.transferId, transfer]));
    const at = await this.clock.now();
    const last = found.length > limit ? starts.at(-1) : undefined;
    return {
      items: starts.map((start) => viewOf(start, { links: ranges.get(start.downloadId) ?? [], noted }, at)),
      nextCursor: last ? cursorAt(last.sequence) : null,
    };
  }

  private async startOf(ids: { accountId: string; backupId: string; downloadId: string }): Promise<Link> {
    const start = await this.links.findStart(ids);
    if (start) return start;
    throw unknown('download', ids.downloadId);
  }
}

function originOf({ ipAddress, userAgent }: { ipAddress: string; userAgent: string }) {
  return { ipAddress: storableText(ipAddress), userAgent: storableText(userAgent) };
}

function unknown(what: string, id: string): AppError {
  return new AppError('NOT_FOUND', `${what} ${id} is not known here`);
}
