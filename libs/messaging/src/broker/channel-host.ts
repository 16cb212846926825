import { AppError } from '@account-backups/contracts';
import { Logger } from '@nestjs/common';
import { connect, type ChannelModel, type ConfirmChannel, type RecoveringChannelModel } from 'amqplib';
import { inTime } from '../time/in-time.js';

interface HostOptions {
  readonly url: string;
  /** The connection's name in the broker's lists. */
  readonly name: string;
  /** Makes a fresh channel ready; runs at every (re)connection. */
  setup(channel: ConfirmChannel, model: ChannelModel): Promise<void>;
  /** Asks the broker something cheap on the live channel, now and then; failure or silence drops the connection. */
  look?(channel: ConfirmChannel): Promise<unknown>;
  /** Called when the channel is gone, and with it everything under way on it. */
  onDown?(error: Error): void;
}

/** Whether a bus is connected and, if not, why, where that is known. */
export interface BusState {
  readonly up: boolean;
  readonly problem?: string;
}

const CONNECT_TIMEOUT_MS = 5_000;
const SETUP_TIMEOUT_MS = 10_000;
/** The closing handshake is never answered if the connection is lost during it, or if the broker hangs. */
export const GOODBYE_TIMEOUT_MS = 2_000;
/** How often `look` is done, and how long it may take. */
const LOOK_EVERY_MS = 5_000;
const LOOK_TIMEOUT_MS = 5_000;
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 2_000;

/**
 * One recovering connection with one confirm channel. Any channel error drops the connection; recovery opens a new one
 * and runs `setup` again, so there is one way back from every fault.
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
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: HostOptions) {
    this.logger = new Logger(`Bus ${options.name}`);
  }

  get channel(): ConfirmChannel | undefined {
    return this.current?.channel;
  }

  state(): BusState {
    if (this.current && this.problem === undefined) return { up: true };
    return { up: false, ...(this.problem !== undefined && { problem: this.problem }) };
  }

  /** Begins to connect; resolves at once or, with `waitForConnect`, when the first channel is set up. */
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
   * Drops the channel's connection so that everything is set up anew, for example after a queue was deleted under us.
   * Does nothing for a channel that is already gone: work that outlived it must not take down its successor.
   */
  recycle(channel: ConfirmChannel, reason: string): void {
    if (this.ended || this.gone.has(channel)) return;
    this.problem = reason;
    this.logger.warn({ event: 'bus.recycled', reason });
    channel.close().catch(() => undefined);
  }

  /** Closes the connection for good, whatever the broker does; callers waiting for a channel are refused. */
  async close(): Promise<void> {
    this.ended = true;
    clearTimeout(this.timer);
    const open = this.current;
    this.current = undefined;
    for (const wake of this.waiting) wake();
    await this.opening;
    await inTime(open?.channel.close(), GOODBYE_TIMEOUT_MS);
    if (await inTime(this.model?.close(), GOODBYE_TIMEOUT_MS)) return;
    if (open) drop(open.model, new Error('the broker did not answer the closing handshake'));
  }

  private async open(): Promise<void> {
    this.model = await connect(this.options.url, {
      clientProperties: { connection_name: this.options.name },
      timeout: CONNECT_TIMEOUT_MS,
      // Without it Nagle's algorithm and delayed acknowledgements cost 40 ms for each answer.
      noDelay: true,
      recovery: {
        initialDelay: FIRST_DELAY_MS,
        maxDelay: MAX_DELAY_MS,
        waitForConnect: false,
        setup: (model: ChannelModel) => this.setUp(model),
      },
    });
    // 'disconnect' and 'connect-failed' report the same errors.
    this.model.on('error', () => undefined);
    this.model.on('disconnect', (error: Error) => this.note('bus.disconnected', error));
    this.model.on('connect-failed', (error: Error) => this.note('bus.connect-failed', error));
  }

  private async setUp(model: ChannelModel): Promise<void> {
    // Recovery listens only after set-up; an earlier error would end the process. It reaches us as a rejection.
    model.on('error', () => undefined);
    model.on('blocked', (reason: unknown) => {
      this.problem = `the broker takes no messages: ${String(reason)}`;
      this.logger.warn({ event: 'bus.blocked', reason });
    });
    model.on('unblocked', () => {
      this.problem = undefined;
    });
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
    // Lost since the last answer of the set-up: no event would tell of it any more.
    if (this.gone.has(channel)) throw fault ?? new Error('the channel was closed while it was set up');
    if (this.ended) return;
    this.problem = undefined;
    this.current = { model, channel };
    for (const wake of this.waiting) wake();
    this.lookLater(channel);
  }

  private lookLater(channel: ConfirmChannel): void {
    clearTimeout(this.timer);
    if (!this.options.look) return;
    this.timer = setTimeout(() => void this.lookAt(channel), LOOK_EVERY_MS);
    this.timer.unref();
  }

  // A deleted exchange or binding is made again; a broker that has stopped answering is noticed.
  private async lookAt(channel: ConfirmChannel): Promise<void> {
    const { current } = this;
    if (this.ended || current?.channel !== channel) return;
    // A broker that has no room reads nothing more from who publishes: silence is no sign of its death.
    if (this.problem !== undefined) return this.lookLater(channel);
    let fault: unknown;
    const looked = this.options.look?.(channel).catch((error: unknown) => {
      fault = error;
    });
    const isAnswered = await inTime(looked, LOOK_TIMEOUT_MS);
    if (this.current !== current) return;
    if (isAnswered && fault === undefined) return this.lookLater(channel);
    if (isAnswered) return this.recycle(channel, `the broker refused what this service needs: ${String(fault)}`);
    this.problem = `the broker did not answer within ${LOOK_TIMEOUT_MS} ms`;
    drop(current.model, new Error(this.problem));
  }

  // A quorum queue without a leader never answers its consumer; a new attempt asks again.
  private async setUpInTime(model: ChannelModel, channel: ConfirmChannel): Promise<void> {
    let late: Error | undefined;
    const timer = setTimeout(() => {
      late = new Error(`the broker did not set up a channel within ${SETUP_TIMEOUT_MS} ms`);
      drop(model, late);
    }, SETUP_TIMEOUT_MS);
    try {
      await this.options.setup(channel, model);
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

// Destroyed, not closed: a broker that has stopped answering would not answer the closing handshake either.
function drop(model: ChannelModel, reason: Error): void {
  const { stream } = model.connection as unknown as { readonly stream: { destroy(error: Error): void } };
  stream.destroy(reason);
}
