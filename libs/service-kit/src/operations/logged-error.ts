import { stdSerializers } from 'pino';

/** What a statement was given, as TypeORM and Postgres tell it: texts of customers, names, sealed passwords. */
const VALUES = new Set(['parameters', 'detail', 'where']);

/** An error and its causes as a log may have them: what failed, and with which statement, but no value. */
export function loggedError(error: unknown): unknown {
  return error instanceof Error ? withoutValues(stdSerializers.errWithCause(error)) : error;
}

function withoutValues(told: unknown): unknown {
  if (Array.isArray(told)) return told.map(withoutValues);
  if (typeof told !== 'object' || told === null) return told;
  const kept = Object.entries(told).filter(([name]) => !VALUES.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutValues(value)]));
}
