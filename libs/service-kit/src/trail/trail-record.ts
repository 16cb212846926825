import {
  AppError,
  faultsOf,
  trailRecord,
  type Actor,
  type CalledBy,
  type TrailRecord,
} from '@account-backups/contracts';
import { storableText } from '@account-backups/database';

/** What a service says of something that happened. */
export interface Happening {
  /** Whose chain: an account's, or the system's own. */
  readonly chainId: string;
  readonly at: Date;
  readonly action: string;
  /** Who did it, and from where; nothing but the actor for what no call asked for. */
  readonly by: CalledBy | { readonly actor: Actor };
  /** Such as `backup/<backupId>`. */
  readonly subject: string | null;
  readonly outcome?: TrailRecord['outcome'];
  readonly details?: TrailRecord['details'];
}

/** Nobody's call: the system does it by itself. */
export const BY_SYSTEM: Happening['by'] = { actor: { kind: 'system', id: null, name: null } };

/** A person's call. Gateways of earlier releases do not say where it came from. */
export function byPerson(id: string, name: string | null, calledBy: CalledBy | undefined): Happening['by'] {
  return { ...calledBy, actor: { kind: 'person', id, name } };
}

/** A program's call. Gateways of earlier releases do not say whose. */
export function byProgram(calledBy: CalledBy | undefined): Happening['by'] {
  return calledBy ?? { actor: { kind: 'program', id: null, name: null } };
}

/** The record of it. Throws `MESSAGE_INVALID` for what no record may say, before it can wait in an outbox. */
export function trailRecordOf(
  recordId: string,
  { at, by, outcome = 'ok', details = {}, ...said }: Happening,
): TrailRecord {
  const from = 'ipAddress' in by ? { ipAddress: by.ipAddress, userAgent: by.userAgent } : nowhere;
  const record = { recordId, at: at.toISOString(), actor: by.actor, outcome, details, ...from, ...said };
  const read = trailRecord.safeParse(storable(record));
  if (read.success) return read.data;
  throw new AppError('MESSAGE_INVALID', 'a record of the trail is not what the list says', {
    errors: faultsOf(read.error),
  });
}

const nowhere = { ipAddress: null, userAgent: null };

function storable(record: object): unknown {
  return JSON.parse(JSON.stringify(record), (_name, value: unknown) =>
    typeof value === 'string' ? storableText(value) : value,
  );
}
