import type { ServerResponse } from 'node:http';
import { AppError } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type GatewayConfig } from '../config.js';
import type { Person } from '../identity/caller.js';
import { RunningAnswers } from '../identity/running-answers.js';

interface Stream {
  readonly person: Person;
  readonly response: ServerResponse;
  /** Backups that changed and have not been read yet; one that changes ten times meanwhile is read once. */
  readonly changed: Set<string>;
  readonly leave: () => void;
  busy: boolean;
}

type EventStreamsConfig = Pick<GatewayConfig, 'EVENT_STREAMS_PER_PERSON' | 'EVENT_STREAMS_PER_ACCOUNT'>;

const HEARTBEAT_MS = 15_000;
const MAX_STREAMS = 5_000;
const RETRY_AFTER_SECONDS = 30;
/** A client that falls this far behind is cut off; it reconnects by itself. */
const MAX_BUFFERED_BYTES = 64 * 1024;

/**
 * The open event streams of this process (server-sent events, WHATWG HTML 9.2). A stream is listed from its opening
 * until it is ended here or by its client, and nothing is written to one that is not listed.
 */
@Injectable()
export class EventStreams implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(EventStreams.name);
  private readonly byAccount = new Map<string, Set<Stream>>();
  private heartbeat: NodeJS.Timeout | undefined;
  private count = 0;
  private ending = false;

  constructor(
    private readonly bus: Bus,
    private readonly running: RunningAnswers,
    @Inject(CONFIG) private readonly config: EventStreamsConfig,
  ) {}

  onModuleInit(): void {
    this.heartbeat = setInterval(() => this.forEach((stream) => this.write(stream, ': \n\n')), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  // Before the server waits for its connections to end: event streams never end by themselves, and a client that
  // reconnects while the bus drains must not open another one.
  beforeApplicationShutdown(): void {
    this.ending = true;
    clearInterval(this.heartbeat);
    this.forEach((stream) => this.end(stream));
  }

  /** Throws `TOO_MANY_REQUESTS` or `UNAVAILABLE` when the person may open no other stream now. */
  assertRoom({ accountId, userId }: Person): void {
    if (this.ending || this.count >= MAX_STREAMS) {
      throw new AppError('UNAVAILABLE', 'no event stream can be opened now', {
        details: { retryAfterSeconds: RETRY_AFTER_SECONDS },
      });
    }
    const ofAccount = [...(this.byAccount.get(accountId) ?? [])];
    const ofPerson = ofAccount.filter(({ person }) => person.userId === userId);
    refuseBeyond(this.config.EVENT_STREAMS_PER_PERSON, ofPerson.length, 'person');
    refuseBeyond(this.config.EVENT_STREAMS_PER_ACCOUNT, ofAccount.length, 'account');
  }

  /** Keeps the answer open and writes an event for each change that the person may see. */
  open(person: Person, response: ServerResponse): void {
    if (response.destroyed) return;
    const leave = this.running.watch({ person, end: () => this.end(stream) });
    const stream: Stream = { person, response, changed: new Set(), leave, busy: false };
    const streams = this.byAccount.get(person.accountId) ?? new Set<Stream>();
    this.byAccount.set(person.accountId, streams.add(stream));
    this.count += 1;
    response.once('close', () => this.unlist(stream));
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    this.write(stream, 'retry: 3000\n\n');
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

  private async tell(stream: Stream, backupId: string): Promise<void> {
    if (!this.isListed(stream)) return;
    const { accountId, userId } = stream.person;
    try {
      const backup = await this.bus.request('backups.get', { accountId, userId, backupId });
      this.write(stream, `event: backup\ndata: ${JSON.stringify(backup)}\n\n`);
    } catch (error) {
      // A backup that the person may not see is skipped. Any other failure ends the stream: the client reconnects and
      // reads the whole list again, so that it misses nothing.
      if (AppError.is(error, 'NOT_FOUND')) return;
      this.logger.warn({ event: 'event-stream.broken', accountId, error });
      this.cutOff(stream);
    }
  }

  private write(stream: Stream, text: string): void {
    if (!this.isListed(stream)) return;
    if (stream.response.writableLength > MAX_BUFFERED_BYTES) this.cutOff(stream);
    else stream.response.write(text);
  }

  /** Its client may connect again, and is then told why it may not. What it has not taken yet is lost. */
  private end(stream: Stream): void {
    this.unlist(stream);
    if (stream.response.writableLength > 0) stream.response.destroy();
    else stream.response.end();
  }

  private cutOff(stream: Stream): void {
    this.unlist(stream);
    stream.response.destroy();
  }

  private isListed(stream: Stream): boolean {
    return this.byAccount.get(stream.person.accountId)?.has(stream) ?? false;
  }

  private unlist(stream: Stream): void {
    const streams = this.byAccount.get(stream.person.accountId);
    if (!streams?.delete(stream)) return;
    stream.leave();
    this.count -= 1;
    if (streams.size === 0) this.byAccount.delete(stream.person.accountId);
  }

  private forEach(act: (stream: Stream) => void): void {
    for (const streams of this.byAccount.values()) for (const stream of streams) act(stream);
  }
}

function refuseBeyond(limit: number, open: number, whose: 'person' | 'account'): void {
  if (open < limit) return;
  throw new AppError('TOO_MANY_REQUESTS', `expected at most ${limit} event streams of one ${whose} at a time`, {
    details: { retryAfterSeconds: RETRY_AFTER_SECONDS },
  });
}
