import {
  AppError,
  messages,
  type FactName,
  type JobName,
  type MessageDefinition,
  type MessageName,
  type Payload,
  type PayloadInput,
  type Reply,
  type RequestName,
  type SignalName,
} from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';

/** What the services behind the one under test would answer. */
export type Answers = { readonly [N in RequestName]?: (payload: Payload<N>) => Reply<N> | Promise<Reply<N>> };

interface Sent {
  readonly name: MessageName;
  readonly payload: unknown;
}

/** A bus without a broker: it answers as a test tells it to, and keeps what is sent. */
export class ToldBus extends Bus {
  /** Oldest first; a test may empty it. */
  readonly sent: Sent[] = [];
  /** While true, whatever is sent or asked fails as it does without a broker. */
  isAway = false;

  constructor(private readonly answers: Answers = {}) {
    super({ url: 'amqp://no-broker', name: 'tests' });
  }

  override async request<N extends RequestName>(name: N, payload: PayloadInput<N>): Promise<Reply<N>> {
    const answer = this.answers[name] as ((payload: Payload<N>) => Reply<N> | Promise<Reply<N>>) | undefined;
    if (!answer) throw new AppError('MESSAGE_UNROUTABLE', `${name}: this test has no answer`);
    return answer(this.checked(name, payload));
  }

  override publish<N extends FactName>(name: N, payload: PayloadInput<N>): Promise<void> {
    return this.keep(name, payload);
  }

  override enqueue<N extends JobName>(name: N, payload: PayloadInput<N>): Promise<void> {
    return this.keep(name, payload);
  }

  override signal<N extends SignalName>(name: N, payload: PayloadInput<N>): Promise<void> {
    return this.keep(name, payload);
  }

  /** Everything that was sent of this kind, oldest first. */
  sentOf(kind: MessageDefinition['kind']): readonly Sent[] {
    return this.sent.filter(({ name }) => messages[name].kind === kind);
  }

  /** The payloads that were sent under this name, oldest first. */
  payloadsOf<N extends MessageName>(name: N): Payload<N>[] {
    return this.sent.filter((sent) => sent.name === name).map(({ payload }) => payload as Payload<N>);
  }

  private async keep<N extends MessageName>(name: N, payload: PayloadInput<N>): Promise<void> {
    this.sent.push({ name, payload: this.checked(name, payload) });
  }

  private checked<N extends MessageName>(name: N, payload: PayloadInput<N>): Payload<N> {
    if (this.isAway) throw new AppError('BROKER_UNAVAILABLE', 'the broker is away');
    return messages[name].payload.parse(payload) as Payload<N>;
  }
}
