import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Person } from '../identity/caller.js';

interface Stream {
  readonly person: Person;
  readonly response: ServerResponse;
  /** Backups that changed and were not yet looked at; one that changes ten times is looked at once. */
  readonly changed: Set<string>;
  busy: boolean;
}

const HEARTBEAT_MS = 15_000;
const MOST_STREAMS = 2_000;
/** A reader that takes nothing for so long is let go; it comes back by itself. */
const MOST_BUFFERED_BYTES = 1_048_576;

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

  // Before the server waits for its connections to end: these would never end by themselves, nor one that comes
  // back while the bus is still drained.
  beforeApplicationShutdown(): void {
    this.ending = true;
    clearInterval(this.heartbeat);
    this.forEach(({ response }) => response.end());
  }

  /** Keeps the answer open and writes an event for each change that the person may see. */
  open(person: Person, request: IncomingMessage, response: ServerResponse): void {
    if (this.ending || this.count >= MOST_STREAMS) {
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

  /** Tells the account's streams to look at a backup again. */
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
    if (response.writableLength > MOST_BUFFERED_BYTES) {
      response.destroy();
      return;
    }
    const { accountId, userId } = person;
    try {
      const backup = await this.bus.request('backups.get', { accountId, userId, backupId });
      response.write(`event: backup\ndata: ${JSON.stringify(backup)}\n\n`);
    } catch (error) {
      // One that the person may not see is passed over in silence; anything else ends the stream: the client
      // comes back and reads the list anew, so nothing is missed.
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
