import { randomUUID } from 'node:crypto';
import { AppError, type Payload, type Reply } from '@account-backups/contracts';
import { Clock } from '@account-backups/service-kit';
import { Injectable } from '@nestjs/common';
import { viewOf } from './download-view.js';
import type { Link, RangeBegunPayload, RangeEndedPayload, StartedPayload } from './link.js';
import { LinksRepository } from './links.repository.js';
import { decodeCursor, encodeCursor } from './page-cursor.js';
import { storableText } from './storable-text.js';

@Injectable()
export class DownloadService {
  constructor(
    private readonly links: LinksRepository,
    private readonly clock: Clock,
  ) {}

  async start(asked: Payload<'downloads.start'>): Promise<Reply<'downloads.start'>> {
    const { accountId, backupId, user, ofBytes, expiresAt } = asked;
    const downloadId = randomUUID();
    const payload: StartedPayload = {
      userId: user.userId,
      userName: storableText(user.name),
      ...originOf(asked),
      ofBytes,
      expiresAt: new Date(expiresAt).toISOString(),
    };
    await this.links.append({
      ...this.now(),
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
    return { downloadId: ids.downloadId, ofBytes, expiresAt };
  }

  async beginRange(asked: Payload<'downloads.begin-range'>): Promise<Reply<'downloads.begin-range'>> {
    const { accountId, backupId, downloadId, from, to } = asked;
    const { ofBytes } = (await this.startOf(asked)).payload as StartedPayload;
    if (from >= to || to > ofBytes) {
      throw new AppError(
        'VALIDATION_FAILED',
        `range ${from} to ${to}: expected one within ${ofBytes} bytes, not empty`,
      );
    }
    const transferId = randomUUID();
    const payload: RangeBegunPayload = { from, to, ...originOf(asked) };
    await this.links.append({
      ...this.now(),
      accountId,
      backupId,
      downloadId,
      kind: 'range_begun',
      transferId,
      payload,
    });
    return { transferId };
  }

  /** The first end of a range counts; when it is told again, nothing is written. */
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
      ...this.now(),
      accountId,
      backupId,
      downloadId,
      kind: 'range_ended',
      transferId,
      payload,
    });
    return {};
  }

  async list({ accountId, backupId, limit, cursor }: Payload<'downloads.list'>): Promise<Reply<'downloads.list'>> {
    const before = cursor === null ? Number.MAX_SAFE_INTEGER : decodeCursor(cursor);
    const found = await this.links.startsBefore(accountId, backupId, { before, limit: limit + 1 });
    const starts = found.slice(0, limit);
    const ranges = await this.links.rangesOf(
      accountId,
      starts.map(({ downloadId }) => downloadId),
    );
    const { at } = this.now();
    const last = found.length > limit ? starts.at(-1) : undefined;
    return {
      items: starts.map((start) => viewOf(start, ranges.get(start.downloadId) ?? [], at)),
      nextCursor: last ? encodeCursor(last.sequence) : null,
    };
  }

  private async startOf(ids: { accountId: string; backupId: string; downloadId: string }): Promise<Link> {
    const start = await this.links.findStart(ids);
    if (start) return start;
    throw unknown('download', ids.downloadId);
  }

  private now(): { readonly at: Date } {
    return { at: this.clock.now() };
  }
}

function originOf({ ipAddress, userAgent }: { ipAddress: string; userAgent: string }) {
  return { ipAddress: storableText(ipAddress), userAgent: storableText(userAgent) };
}

function unknown(what: string, id: string): AppError {
  return new AppError('NOT_FOUND', `${what} ${id} is not known here`);
}
