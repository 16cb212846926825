import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, type DownloadableArchive, type Payload } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import type { ObjectStore } from '@account-backups/object-store';
import { Clock } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type GatewayConfig } from '../config.js';
import type { Person } from '../identity/caller.js';
import { OBJECT_STORE } from '../object-store.provider.js';
import { readRange, type Span } from './byte-range.js';
import { attachmentNamed } from './content-disposition.js';
import { SentBytes } from './sent-bytes.js';

export interface BegunDownload {
  readonly downloadId: string;
  readonly url: string;
  readonly expiresAt: string;
}

interface DownloadIds {
  readonly backupId: string;
  readonly downloadId: string;
}
interface Origin {
  readonly ipAddress: string;
  readonly userAgent: string;
}
interface Serving {
  readonly person: Person;
  readonly download: DownloadIds;
  readonly archive: DownloadableArchive;
  readonly caller: Origin;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const LINK_MS = 24 * 3_600_000;
const END_ATTEMPTS = 12;
const END_REST_MS = 5_000;

/** Takes archives to people: checked and recorded first, then streamed. */
@Injectable()
export class DownloadService {
  private readonly logger = new Logger(DownloadService.name);

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  async begin({ accountId, userId }: Person, backupId: string, caller: Origin): Promise<BegunDownload> {
    const archive = await this.bus.request('backups.get-archive', { accountId, userId, backupId });
    const linkEnds = new Date(this.clock.now().getTime() + LINK_MS).toISOString();
    const expiresAt = linkEnds < archive.expiresAt ? linkEnds : archive.expiresAt;
    const { downloadId } = await this.bus.request('downloads.start', {
      accountId,
      backupId,
      user: { userId, name: archive.userName },
      ...caller,
      ofBytes: archive.sizeBytes,
      expiresAt,
    });
    const url = `${this.config.PUBLIC_URL}/api/v1/backups/${backupId}/downloads/${downloadId}/archive`;
    return { downloadId, url, expiresAt };
  }

  /** The archive of a download that this person began, with rights and status as they are now. */
  async find({ accountId, userId }: Person, { backupId, downloadId }: DownloadIds): Promise<DownloadableArchive> {
    const archive = await this.bus.request('backups.get-archive', { accountId, userId, backupId });
    const download = await this.bus.request('downloads.get', { accountId, userId, backupId, downloadId });
    if (new Date(download.expiresAt) <= this.clock.now()) {
      throw new AppError('DOWNLOAD_EXPIRED', 'this download link has run out; begin a new download');
    }
    return archive;
  }

  async describe(archive: DownloadableArchive, reply: FastifyReply): Promise<void> {
    reply.hijack();
    reply.raw.writeHead(200, headersOf(archive, { from: 0, to: archive.sizeBytes })).end();
  }

  async serve(serving: Serving): Promise<void> {
    const { archive, request } = serving;
    const ifRange = request.headers['if-range'];
    const current = ifRange === undefined || ifRange === etagOf(archive);
    const span = current ? readRange(request.headers.range, archive.sizeBytes) : 'all';
    if (span === 'unsatisfiable') {
      void serving.reply.header('content-range', `bytes */${archive.sizeBytes}`);
      throw new AppError('RANGE_NOT_SATISFIABLE', `the archive has ${archive.sizeBytes} bytes`);
    }
    await this.send(serving, span);
  }

  private async send({ person, download, archive, caller, reply }: Serving, asked: Span | 'all'): Promise<void> {
    const span = asked === 'all' ? { from: 0, to: archive.sizeBytes } : asked;
    const { accountId } = person;
    const source = await this.store.get(archive.objectKey, { range: { start: span.from, end: span.to - 1 } });
    const { transferId } = await this.bus
      .request('downloads.begin-range', { accountId, ...download, ...span, ...caller })
      .catch((error: unknown) => {
        source.destroy();
        throw error;
      });
    reply.hijack();
    reply.raw.writeHead(asked === 'all' ? 200 : 206, {
      ...headersOf(archive, span),
      ...(asked !== 'all' && { 'content-range': `bytes ${span.from}-${span.to - 1}/${archive.sizeBytes}` }),
    });
    const sent = new SentBytes();
    try {
      await pipeline(source, sent, reply.raw);
    } catch (error) {
      // The answer is under way: all that is left is to end the connection and to say how far it got.
      this.logger.warn({ event: 'download.interrupted', accountId, ...download, bytesSent: sent.bytes, error });
    }
    await this.recordEnd({ accountId, ...download, transferId, bytesSent: sent.bytes });
  }

  // The bytes are out, whatever happens now: a record that cannot be written is tried for a minute, then the audit
  // itself tells an open range from an ended one. Writing it twice is safe.
  private async recordEnd(ended: Payload<'downloads.end-range'>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.bus.request('downloads.end-range', ended);
        return;
      } catch (error) {
        if (!AppError.is(error) || !error.retryable || attempt === END_ATTEMPTS) throw error;
        await sleep(END_REST_MS);
      }
    }
  }
}

function etagOf(archive: DownloadableArchive): string {
  return `"${archive.sha256}"`;
}

function headersOf(archive: DownloadableArchive, { from, to }: Span): Record<string, string | number> {
  return {
    'content-type': 'application/zip',
    'content-length': to - from,
    'content-disposition': attachmentNamed(archive.fileName),
    'accept-ranges': 'bytes',
    etag: etagOf(archive),
    'last-modified': new Date(archive.completedAt).toUTCString(),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  };
}
