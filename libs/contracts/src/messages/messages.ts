import type { z } from 'zod';
import { archivesMessages } from './archives.messages.js';
import { backupsMessages } from './backups.messages.js';
import { documentsMessages } from './documents.messages.js';
import { downloadsMessages } from './downloads.messages.js';
import type { MessageDefinition } from './message-kinds.js';
import { permissionsMessages } from './permissions.messages.js';
import { schedulerMessages } from './scheduler.messages.js';
import { sessionsMessages } from './sessions.messages.js';
import { subscriptionsMessages } from './subscriptions.messages.js';
import { trailMessages } from './trail.messages.js';

/**
 * The one list of all messages. Types, validation, the handler check and docs/messages.md come from it.
 * Only optional fields are ever added to a payload, and a handler of an earlier version leaves them out: one that it
 * must not pass over is a new meaning. A new meaning gets a new name.
 */
export const messages = {
  ...permissionsMessages,
  ...sessionsMessages,
  ...subscriptionsMessages,
  ...documentsMessages,
  ...backupsMessages,
  ...archivesMessages,
  ...downloadsMessages,
  ...trailMessages,
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
