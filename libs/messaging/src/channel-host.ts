import { AppError } from '@account-backups/contracts';
import { Logger } from '@nestjs/common';
import { connect, type ChannelModel, type ConfirmChannel, type RecoveringChannelModel } from 'amqplib';
import { inTime } from './in-time.js';

export interface HostOptions {
  readonly url: string;
  /** How the connection is called in the broker's lists. */
  readonly name: string;
  /** Makes a fresh channel ready; runs at every (re)connection. */
  setup(channel: ConfirmChannel): Promise<void>;
  /** The channel is gone, and with it what was under way on it. */
  onDown?(error: Error): void;
}

/** Whether a part is connected and, if not, the reason where one is known. */
export interface BusState {
  readonly up: boolean;
  readonly problem?: string;
}

const CONNECT_TIMEOUT_MS = 5_000;
const SETUP_TIMEOUT_MS = 10_000;
/** A goodbye has no answer when the connection is lost while it is said, or the broker does not answer any more. */
export const GOODBYE_TIMEOUT_MS = 2_000;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;

/**
 * One recovering connection with one confirm channel. Any channel error drops the connection; recovery makes a new
 * one and runs `setup` again, so there is one way to come back, however it was lost.
 */
export class ChannelHost {
  private readonly logger: Logger;
  private model: RecoveringChannelModel | undefined;
  private opening: Promise<void> | undefined;
  private current: { readonly model: ChannelModel; readonly channel: ConfirmChannel } | undefined;
  private problem: string | undefined;
  private ended = false;
  private readonly gone = new WeakSet<ConfirmChannel>();
  private readonly waiting = new Set<() => void>();

  constructor(private readonly options: HostOptions) {
    this.logger = new Logger(`Bus ${options.name}`);
  }

  get channel(): ConfirmChannel | undefined {
    return this.current?.channel;
  }

  state(): BusState {
    if (this.current) return { up: true };
    return { up: false, ...(this.problem !== undefined && { problem: this.problem }) };
  }

  /** Begins to connect; resolves at once, or with `waitForConnect` when the first channel is set up. */
  async start(waitForConnect = false): Promise<void> {
    await (this.opening ??= this.open());
    if (waitForConnect) await this.model?.waitForConnect();
  }

  /** The live channel, or `BROKER_UNAVAILABLE` when there is none within `timeoutMs`. */
  async ready(timeoutMs: number): Promise<ConfirmChannel> {
    if (!this.ended) await this.start();
    if (!this.ended && !this.current) await this.nextChannel(timeoutMs);
    if (this.ended) throw new AppError('BROKER_UNAVAILABLE', 'this connection to the message broker was closed');
    if (!this.current) throw new AppError('BROKER_UNAVAILABLE', 'the message broker went away again');
    return this.current.channel;
  }

  /**
   * Drops the channel's connection so that everything is set up anew, as after a queue was deleted under us. A channel
   * that is gone already changes nothing: work that outlived it must not take down the one that came after.
   */
  recycle(channel: ConfirmChannel, reason: string): void {
    if (this.ended || this.gone.has(channel)) return;
    this.problem = reason;
    this.logger.warn({ event: 'bus.recycled', reason });
    channel.close().catch(() => undefined);
  }

  /** Ends the connection for good, whatever the broker does; whoever waits for a channel is refused. */
  async close(): Promise<void> {
    this.ended = true;
    const open = this.current;
    this.current = undefined;
    for (const wake of this.waiting) wake();
    await this.opening;
    await inTime(open?.channel.close(), GOODBYE_TIMEOUT_MS);
    if (await inTime(this.model?.close(), GOODBYE_TIMEOUT_MS)) return;
    if (open) drop(open.model, new Error('the broker did not answer the goodbye'));
  }

  private async open(): Promise<void> {
    this.model = await connect(this.options.url, {
      clientProperties: { connection_name: this.options.name },
      timeout: CONNECT_TIMEOUT_MS,
      // Without it Nagle's algorithm and delayed acknowledgements cost 40 ms for each answer.
      noDelay: true,
      recovery: {
        initialDelay: FIRST_DELAY_MS,
        maxDelay: LONGEST_DELAY_MS,
        waitForConnect: false,
        setup: (model: ChannelModel) => this.setUp(model),
      },
    });
    // 'disconnect' and 'connect-failed' carry the same errors.
    this.model.on('error', () => undefined);
    this.model.on('disconnect', (error: Error) => this.note('bus.disconnected', error));
    this.model.on('connect-failed', (error: Error) => this.note('bus.connect-failed', error));
  }

  private async setUp(model: ChannelModel): Promise<void> {
    // Recovery listens only after the set-up; an error before that would end the process. It is heard as a rejection.
    model.on('error', () => undefined);
    const channel = await model.createConfirmChannel();
    let fault: Error | undefined;
    channel.on('error', (error: Error) => {
      fault = error;
      this.note('bus.channel-error', error);
    });
    channel.on('close', () => {
      this.gone.add(channel);
      if (this.current?.channel !== channel) return;
      this.current = undefined;
      this.options.onDown?.(fault ?? new Error('the channel was closed'));
      model.close().catch(() => undefined);
    });
    await this.setUpInTime(model, channel);
    // Lost between the last answer of the set-up and now: nobody would hear of it any more.
    if (this.gone.has(channel)) throw fault ?? new Error('the channel was closed while it was set up');
    if (this.ended) return;
    this.problem = undefined;
    this.current = { model, channel };
    for (const wake of this.waiting) wake();
  }

  // A quorum queue without a leader leaves its consumer without an answer; each new attempt asks anew.
  private async setUpInTime(model: ChannelModel, channel: ConfirmChannel): Promise<void> {
    let late: Error | undefined;
    const timer = setTimeout(() => {
      late = new Error(`the broker did not set up a channel within ${SETUP_TIMEOUT_MS} ms`);
      drop(model, late);
    }, SETUP_TIMEOUT_MS);
    try {
      await this.options.setup(channel);
    } catch (error) {
      throw late ?? error;
    } finally {
      clearTimeout(timer);
    }
  }

  private note(event: string, error: Error): void {
    this.problem = error.message;
    this.logger.warn({ event, problem: error.message });
  }

  private nextChannel(timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(wake);
        reject(new AppError('BROKER_UNAVAILABLE', `no connection to the message broker within ${timeoutMs} ms`));
      }, timeoutMs);
      this.waiting.add(wake);
    });
  }
}

// Not by the protocol's goodbye: a broker that does not answer does not answer that either.
function drop(model: ChannelModel, reason: Error): void {
  const { stream } = model.connection as unknown as { readonly stream: { destroy(error: Error): void } };
  stream.destroy(reason);
}
