import type { z } from 'zod';
import { AppError, type InputFault } from './app-error.js';

const MAX_FAULTS = 50;

/**
 * Checks a value of unknown shape. Gives the value with defaults filled in, or throws `VALIDATION_FAILED`
 * with at most 50 faults, each with its path and what was expected. Values are never repeated in a message.
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = faultsOf(result.error);
  const first = errors[0];
  throw new AppError(
    'VALIDATION_FAILED',
    `${what}: ${first ? `${first.path || 'value'}: ${first.message}` : 'invalid'}`,
    {
      errors,
    },
  );
}

/** The faults of a failed check, in the order found. */
export function faultsOf(error: z.ZodError): InputFault[] {
  return error.issues.slice(0, MAX_FAULTS).flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ path: pathOf(issue.path), message: issue.message }];
    return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: 'unknown field' }));
  });
}

/** `['orgUnits', 3, 'name']` → `orgUnits[3].name`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}
