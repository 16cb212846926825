import { AppError, faultsOf, type MessageDefinition } from '@account-backups/contracts';
import type { z } from 'zod';

/** What is to be sent, defaults filled in. Throws `MESSAGE_INVALID` for what the list does not say. */
export function sentPayload(name: string, { payload }: MessageDefinition, value: unknown): unknown {
  return checked(name, payload.safeParse(value));
}

/**
 * What came, defaults filled in, without the fields that a sender of a later version added. Throws `MESSAGE_INVALID`
 * for anything else that the list does not say. Takes those fields out of `value` itself.
 */
export function receivedPayload(name: string, { payload }: MessageDefinition, value: unknown): unknown {
  const first = payload.safeParse(value);
  if (first.success || !removeUnknown(value, first.error)) return checked(name, first);
  return checked(name, payload.safeParse(value));
}

function checked(name: string, result: z.ZodSafeParseResult<unknown>): unknown {
  if (result.success) return result.data;
  const errors = faultsOf(result.error);
  throw new AppError('MESSAGE_INVALID', `${name}: the payload is not what the list says`, { errors });
}

/** Whether there were any. */
function removeUnknown(value: unknown, { issues }: z.ZodError): boolean {
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys');
  for (const { path, keys } of unknown) {
    const holder = path.reduce<unknown>((inside, step) => Reflect.get(Object(inside), step), value);
    for (const key of keys) Reflect.deleteProperty(Object(holder), key);
  }
  return unknown.length > 0;
}
