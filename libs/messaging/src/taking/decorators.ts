import type { FactName, JobName, Payload, Reply, RequestName, SignalName } from '@account-backups/contracts';
import { EventPattern, MessagePattern } from '@nestjs/microservices';

type Answering<N extends RequestName> = (payload: Payload<N>) => Promise<Reply<N>>;
type Handling<N extends FactName | JobName> = (payload: Payload<N>) => Promise<void>;
type Noticing<N extends SignalName> = (payload: Payload<N>) => Promise<void> | void;

/** A method decorator that lets only methods of this type through the type checker. */
type DecoratorFor<F> = <T extends F>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<T>,
) => void;

/** The one handler of a request: gets the checked payload, gives the reply. */
export function OnRequest<N extends RequestName>(name: N): DecoratorFor<Answering<N>> {
  return MessagePattern<string>(name) as DecoratorFor<Answering<N>>;
}

/** This service's handler of a fact. It may run twice; the message is acknowledged after it resolved. */
export function OnFact<N extends FactName>(name: N): DecoratorFor<Handling<N>> {
  return EventPattern<string>(name) as DecoratorFor<Handling<N>>;
}

/** The handler of a job. It may run twice; the message is acknowledged after it resolved. */
export function OnJob<N extends JobName>(name: N): DecoratorFor<Handling<N>> {
  return EventPattern<string>(name) as DecoratorFor<Handling<N>>;
}

/** The handler of a signal, called in every process of the service. A signal may be lost and is never retried. */
export function OnSignal<N extends SignalName>(name: N): DecoratorFor<Noticing<N>> {
  return EventPattern<string>(name) as DecoratorFor<Noticing<N>>;
}
