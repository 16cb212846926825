import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, sizeOf, type ByteRange, type DownloadableArchive, type Payload } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import type { ObjectStore } from '@account-backups/object-store';
import { OBJECT_STORE, takeOver } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BegunDownload } from '../api/replies.js';
import { CONFIG, type GatewayConfig } from '../config.js';
import type { Person } from '../identity/caller.js';
import { RunningAnswers } from '../identity/running-answers.js';
import type { CallerOrigin } from '@account-backups/service-kit';
import { readRange } from './byte-range.js';
import { attachmentNamed } from './content-disposition.js';
import { partingFrom } from './parting.js';
import { refuseUnlessMatched } from './preconditions.js';
import { SentBytes } from './sent-bytes.js';

interface DownloadIds {
  readonly backupId: string;
  readonly downloadId: string;
}
interface Serving {
  readonly person: Person;
  readonly download: DownloadIds;
  readonly archive: DownloadableArchive;
  readonly origin: CallerOrigin;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Passing {
  readonly person: Person;
  readonly ids: DownloadIds & { readonly accountId: string; readonly transferId: string };
  readonly answer: FastifyReply['raw'];
  readonly sizeBytes: number;
  /** Throws when the other side did not take all. */
  readonly parted: () => Promise<void>;
}

const NOTE_EVERY_MS = 5_000;
const END_ATTEMPTS = 12;
const END_REST_MS = 5_000;

/** Serves archives: rights are checked and the download is recorded before the first byte. */
@Injectable()
export class DownloadService {
  private readonly logger = new Logger(DownloadService.name);

  constructor(
    private readonly bus: Bus,
    private readonly running: RunningAnswers,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  async begin({ accountId, userId }: Person, backupId: string, origin: CallerOrigin): Promise<BegunDownload> {
    const archive = await this.bus.request('backups.get-archive', { accountId, userId, backupId });
    const { downloadId } = await this.bus.request('downloads.start', {
      accountId,
      backupId,
      user: { userId, name: archive.userName },
      ...origin,
      ofBytes: archive.sizeBytes,
      expiresAt: archive.expiresAt,
      // The message may be delivered twice: it says itself which download it means.
      downloadId: randomUUID(),
    });
    const { expiresAt } = await this.bus.request('downloads.get', { accountId, userId, backupId, downloadId });
    const url = `${this.config.PUBLIC_URL}/api/v1/backups/${backupId}/downloads/${downloadId}/archive`;
    return { downloadId, url, expiresAt };
  }

  /** The archive of a download that this person began, with rights and status as they are now. */
  async find({ accountId, userId }: Person, { backupId, downloadId }: DownloadIds): Promise<DownloadableArchive> {
    const archive = await this.bus.request('backups.get-archive', { accountId, userId, backupId });
    await this.bus.request('downloads.get', { accountId, userId, backupId, downloadId });
    return archive;
  }

  describe(archive: DownloadableArchive, request: FastifyRequest, reply: FastifyReply): void {
    refuseUnlessMatched(request.headers['if-match'], etagOf(archive));
    takeOver(reply)
      .writeHead(200, headersOf(archive, { start: 0, end: archive.sizeBytes }))
      .end();
  }

  async serve(serving: Serving): Promise<void> {
    const { archive, request, reply } = serving;
    refuseUnlessMatched(request.headers['if-match'], etagOf(archive));
    try {
      await this.send(serving, rangeOf(request, archive));
    } catch (error) {
      if (AppError.is(error, 'RANGE_NOT_SATISFIABLE')) reply.header('content-range', `bytes */${archive.sizeBytes}`);
      throw error;
    }
  }

  private async send(serving: Serving, asked: ByteRange | 'all'): Promise<void> {
    const { person, download, archive, origin, reply } = serving;
    const range = asked === 'all' ? { start: 0, end: archive.sizeBytes } : asked;
    const { accountId } = person;
    const source = await this.store.get(archive.objectKey, { range });
    const asking = { accountId, ...download, from: range.start, to: range.end, ...origin, transferId: randomUUID() };
    const { transferId } = await this.bus.request('downloads.begin-range', asking).catch((error: unknown) => {
      source.destroy();
      throw error;
    });
    const answer = takeOver(reply);
    const parted = partingFrom(answer);
    answer.writeHead(asked === 'all' ? 200 : 206, {
      ...headersOf(archive, range),
      ...(asked !== 'all' && { 'content-range': `bytes ${range.start}-${range.end - 1}/${archive.sizeBytes}` }),
    });
    const ids = { accountId, ...download, transferId };
    const bytesSent = await this.pass(source, { person, ids, answer, sizeBytes: sizeOf(range), parted });
    await this.recordEnd({ ...ids, bytesSent });
  }

  /** Sends a range whose answer has begun, and says how much of it was taken. */
  private async pass(source: Readable, { person, ids, answer, sizeBytes, parted }: Passing): Promise<number> {
    const sent = new SentBytes();
    // Until they have parted, the last byte does not count.
    const soFar = () => Math.min(sent.bytes, sizeBytes - 1);
    const { accountId, transferId } = ids;
    const noting = setInterval(() => this.noteSent({ accountId, transferId, bytesSent: soFar() }), NOTE_EVERY_MS);
    const over = new AbortController();
    const leave = this.running.watch({ person, backupId: ids.backupId, end: () => over.abort() });
    try {
      await pipeline(source, sent, answer, { signal: over.signal });
      await parted();
      return sent.bytes;
    } catch (error) {
      // The answer has begun: all that is left is to record how far it got. People may leave; the store may not fail.
      // An answer that its client left has no error of its own, whatever the store makes of that.
      const told = { event: 'download.interrupted', ...ids, bytesSent: soFar(), error };
      if (AppError.is(error) && answer.errored) this.logger.warn(told);
      else this.logger.log(told);
      return soFar();
    } finally {
      leave();
      clearInterval(noting);
    }
  }

  // Should this process die, the audit closes the range with what it last heard. A note that is lost is no harm.
  private noteSent(noted: Payload<'downloads.note-sent'>): void {
    this.bus.request('downloads.note-sent', noted, { timeoutMs: NOTE_EVERY_MS }).catch((error: unknown) => {
      this.logger.debug({ event: 'download.note-lost', transferId: noted.transferId, error });
    });
  }

  // The bytes have been sent, so the record is retried for a minute. The audit closes a silent range itself, with what
  // it last heard; an end that it learns later still counts. Writing the record twice is safe.
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

function rangeOf({ headers }: FastifyRequest, archive: DownloadableArchive): ByteRange | 'all' {
  const ifRange = headers['if-range'];
  if (ifRange !== undefined && ifRange !== etagOf(archive)) return 'all';
  return readRange(headers.range, archive.sizeBytes);
}

function etagOf(archive: DownloadableArchive): string {
  return `"${archive.sha256}"`;
}

function headersOf(archive: DownloadableArchive, range: ByteRange): Record<string, string | number> {
  return {
    'content-type': 'application/zip',
    'content-length': sizeOf(range),
    'content-disposition': attachmentNamed(archive.fileName),
    'accept-ranges': 'bytes',
    etag: etagOf(archive),
    'last-modified': new Date(archive.completedAt).toUTCString(),
    'cache-control': 'private, no-store',
    // A proxy that takes all at once would have it sent before the person has it: nginx asks for this header.
    'x-accel-buffering': 'no',
  };
}
