import type { MessageDefinition, ServiceName } from '@account-backups/contracts';

/** The messages that a bus knows: name → definition. */
export type MessageList = Readonly<Record<string, MessageDefinition>>;

/** One exchange for each kind of message; the routing key is the message's name. */
export const exchanges = { request: 'requests', fact: 'facts', job: 'jobs', signal: 'signals' } as const;

/** The exchange of questions for a pulse; the routing key is the service. */
export const PULSES = 'pulses';

/** How long a failed message rests before its second, third, … try. After the last one it is parked. */
export const retryDelaysMs = [1_000, 5_000, 30_000, 120_000] as const;

/**
 * The broker's guard against a message that kills its process. It counts lost channels too, so it is well above ours.
 */
export const MAX_DELIVERIES = 20;

const REQUESTS_AT_A_TIME = 64;
const FACTS_AT_A_TIME = 16;
const SIGNALS_AT_A_TIME = 64;

/** A queue that a service takes messages from. */
export interface Intake {
  readonly queue: string;
  readonly kind: MessageDefinition['kind'];
  readonly names: readonly string[];
  readonly prefetch: number;
}

/** What a service needs on the broker. */
export interface ServiceTopology {
  readonly service: ServiceName;
  /** The queue of this connection's own where the pulse is asked for. */
  readonly pulse: string;
  readonly intakes: readonly Intake[];
  readonly retryDelaysMs: readonly number[];
}

/** The names of a service's queues at the broker, where tests and operators look into them. */
export const queues = {
  requests: (service: ServiceName) => `${service}.requests.v2`,
  /** Of an earlier version, on one node of the broker alone: nothing is sent there any more. */
  formerRequests: (service: ServiceName) => `${service}.requests`,
  /** Where a process of the service gives its pulse. */
  pulse: (service: ServiceName, connectionName: string) => `${service}.pulse.${connectionName}`,
  facts: (service: ServiceName) => `${service}.facts`,
  job: (service: ServiceName, name: string) => `${service}.${name}`,
  dead: (service: ServiceName) => `${service}.dead`,
  /** The name of both the resting queue and the exchange before it. */
  retry: (service: ServiceName, delayMs: number) => `${service}.retry.${delayMs}`,
};

/** How long a question for a pulse waits for it. */
export const PULSE_TIMEOUT_MS = 10_000;

/** Whether `service` must handle this message. */
export function handles(service: ServiceName, definition: MessageDefinition): boolean {
  switch (definition.kind) {
    case 'request':
    case 'job':
      return definition.owner === service;
    case 'fact':
    case 'signal':
      return definition.handledBy.includes(service);
  }
}

/** The queues of a service: one for its requests, one for its facts, one for each kind of job, one for its signals. */
export function intakesOf(service: ServiceName, list: MessageList, connectionName: string): Intake[] {
  const mine = Object.entries(list).filter(([, definition]) => handles(service, definition));
  const named = (kind: MessageDefinition['kind']) => mine.filter(([, d]) => d.kind === kind).map(([name]) => name);
  const jobs = mine.flatMap(([name, definition]): Intake[] => {
    if (definition.kind !== 'job') return [];
    return [{ queue: queues.job(service, name), kind: 'job', names: [name], prefetch: definition.concurrency }];
  });
  const shared: Intake[] = [
    { queue: queues.requests(service), kind: 'request', names: named('request'), prefetch: REQUESTS_AT_A_TIME },
    { queue: queues.facts(service), kind: 'fact', names: named('fact'), prefetch: FACTS_AT_A_TIME },
    {
      queue: `${service}.signals.${connectionName}`,
      kind: 'signal',
      names: named('signal'),
      prefetch: SIGNALS_AT_A_TIME,
    },
  ];
  return [...shared.filter(({ names }) => names.length > 0), ...jobs];
}

/** Each connection has a new `connectionName`: the broker may not know yet that the previous one is gone. */
export function serviceTopology(
  service: ServiceName,
  list: MessageList,
  delaysMs: readonly number[],
  connectionName: string,
): ServiceTopology {
  const pulse = queues.pulse(service, connectionName);
  return { service, pulse, intakes: intakesOf(service, list, connectionName), retryDelaysMs: delaysMs };
}
