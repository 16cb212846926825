import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, MIB } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Person } from '../identity/caller.js';

interface Stream {
  readonly person: Person;
  readonly response: ServerResponse;
  /** Backups that changed and have not been read yet; one that changes ten times meanwhile is read once. */
  readonly changed: Set<string>;
  busy: boolean;
}

const HEARTBEAT_MS = 15_000;
const MAX_STREAMS = 2_000;
/** A client that falls this far behind is cut off; it reconnects by itself. */
const MAX_BUFFERED_BYTES = MIB;

/** The open event streams of this process (server-sent events, WHATWG HTML 9.2). */
@Injectable()
export class EventStreams implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(EventStreams.name);
  private readonly byAccount = new Map<string, Set<Stream>>();
  private heartbeat: NodeJS.Timeout | undefined;
  private count = 0;
  private ending = false;

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    this.heartbeat = setInterval(() => this.forEach(({ response }) => response.write(': \n\n')), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  // Before the server waits for its connections to end: event streams never end by themselves, and a client that
  // reconnects while the bus drains must not open another one.
  beforeApplicationShutdown(): void {
    this.ending = true;
    clearInterval(this.heartbeat);
    this.forEach(({ response }) => response.end());
  }

  /** Keeps the answer open and writes an event for each change that the person may see. */
  open(person: Person, request: IncomingMessage, response: ServerResponse): void {
    if (this.ending || this.count >= MAX_STREAMS) {
      response.writeHead(503, { 'retry-after': '30' }).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 3000\n\n');
    const stream: Stream = { person, response, changed: new Set(), busy: false };
    const streams = this.byAccount.get(person.accountId) ?? new Set<Stream>();
    this.byAccount.set(person.accountId, streams.add(stream));
    this.count += 1;
    request.once('close', () => this.close(stream));
  }

  /** Sends the backup anew to each stream of the account whose person may see it. */
  announce(accountId: string, backupId: string): void {
    for (const stream of this.byAccount.get(accountId) ?? []) {
      stream.changed.add(backupId);
      void this.drain(stream);
    }
  }

  private async drain(stream: Stream): Promise<void> {
    if (stream.busy) return;
    stream.busy = true;
    for (const backupId of stream.changed) {
      stream.changed.delete(backupId);
      await this.tell(stream, backupId);
    }
    stream.busy = false;
  }

  private async tell({ person, response }: Stream, backupId: string): Promise<void> {
    if (response.writableLength > MAX_BUFFERED_BYTES) {
      response.destroy();
      return;
    }
    const { accountId, userId } = person;
    try {
      const backup = await this.bus.request('backups.get', { accountId, userId, backupId });
      response.write(`event: backup\ndata: ${JSON.stringify(backup)}\n\n`);
    } catch (error) {
      // A backup that the person may not see is skipped. Any other failure ends the stream: the client reconnects and
      // reads the whole list again, so that it misses nothing.
      if (AppError.is(error, 'NOT_FOUND')) return;
      this.logger.warn({ event: 'event-stream.broken', accountId, error });
      response.end();
    }
  }

  private close(stream: Stream): void {
    const streams = this.byAccount.get(stream.person.accountId);
    if (!streams?.delete(stream)) return;
    this.count -= 1;
    if (streams.size === 0) this.byAccount.delete(stream.person.accountId);
  }

  private forEach(act: (stream: Stream) => void): void {
    for (const streams of this.byAccount.values()) for (const stream of streams) act(stream);
  }
}
