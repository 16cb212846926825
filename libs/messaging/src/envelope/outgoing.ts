import { randomUUID } from 'node:crypto';
import type { MessageDefinition } from '@account-backups/contracts';
import type { Options } from 'amqplib';
import type { EncodedBody } from './body.js';
import { exchanges } from '../broker/topology.js';
import { outgoingTraceparent } from './trace.js';

/** A message of the list, and what the broker is to know of it. */
export interface Sending {
  readonly name: string;
  readonly definition: MessageDefinition;
  readonly options: Options.Publish;
}

/** A message as it goes to the broker: to the exchange of its kind, by its name, with what every message says. */
export function outgoingOf({ name, definition, options }: Sending, body: EncodedBody, appId: string) {
  const properties = {
    contentType: 'application/json',
    ...(body.contentEncoding && { contentEncoding: body.contentEncoding }),
    timestamp: Math.floor(Date.now() / 1_000),
    appId,
    messageId: randomUUID(),
    ...options,
    headers: { ...options.headers, traceparent: outgoingTraceparent() },
  };
  return { exchange: exchanges[definition.kind], routingKey: name, content: body.content, options: properties };
}
