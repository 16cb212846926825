import type { z } from 'zod';
import type { MessageDefinition } from './message-kinds.js';
import { archivesMessages } from './messages/archives.messages.js';
import { backupsMessages } from './messages/backups.messages.js';
import { documentsMessages } from './messages/documents.messages.js';
import { downloadsMessages } from './messages/downloads.messages.js';
import { permissionsMessages } from './messages/permissions.messages.js';
import { schedulerMessages } from './messages/scheduler.messages.js';
import { subscriptionsMessages } from './messages/subscriptions.messages.js';

/**
 * The one list of all messages. Types, validation, the handler check and docs/messages.md come from it.
 * Only optional fields are ever added to a payload; a new meaning gets a new name.
 */
export const messages = {
  ...permissionsMessages,
  ...subscriptionsMessages,
  ...documentsMessages,
  ...backupsMessages,
  ...archivesMessages,
  ...downloadsMessages,
  ...schedulerMessages,
} satisfies Record<string, MessageDefinition>;

type Messages = typeof messages;
export type MessageName = keyof Messages;
type NamesOf<K extends MessageDefinition['kind']> = {
  [N in MessageName]: Messages[N]['kind'] extends K ? N : never;
}[MessageName];

export type RequestName = NamesOf<'request'>;
export type FactName = NamesOf<'fact'>;
export type JobName = NamesOf<'job'>;
export type SignalName = NamesOf<'signal'>;

/** What a handler receives: validated, defaults filled in. */
export type Payload<N extends MessageName> = z.output<Messages[N]['payload']>;
/** What a sender may leave to the defaults. */
export type PayloadInput<N extends MessageName> = z.input<Messages[N]['payload']>;
export type Reply<N extends RequestName> = z.output<Messages[N]['reply']>;

export function messageNamed(name: string): MessageDefinition | undefined {
  return Object.hasOwn(messages, name) ? messages[name as MessageName] : undefined;
}
