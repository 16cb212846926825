// A service played by the test, on a real broker.
import {
  messages,
  type MessageName,
  type Payload,
  type Reply,
  type RequestName,
  type ServiceName,
} from '@account-backups/contracts';
import { BusStrategy } from '@account-backups/messaging';
import type { MessageHandler } from '@nestjs/microservices';

type Handle<N extends MessageName> = (
  payload: Payload<N>,
) => N extends RequestName ? Reply<N> | Promise<Reply<N>> : unknown;
export type Handlers = { readonly [N in MessageName]?: Handle<N> };

/** Starts it with these handlers only. Close it before dropping its vhost. */
export async function playService(url: string, service: ServiceName, handlers: Handlers): Promise<BusStrategy> {
  const names = Object.keys(handlers) as MessageName[];
  const played = Object.fromEntries(names.map((name) => [name, messages[name]]));
  const strategy = new BusStrategy({ url, service, messages: played });
  for (const name of names) {
    const handle = handlers[name] as (payload: unknown) => unknown;
    const handler = async (payload: unknown) => handle(payload);
    strategy.addHandler(name, handler as MessageHandler, messages[name].kind !== 'request');
  }
  await listening(strategy);
  return strategy;
}

export function listening(strategy: BusStrategy): Promise<void> {
  return new Promise((resolve, reject) => {
    strategy.listen((error) => (error ? reject(error as Error) : resolve()));
  });
}
