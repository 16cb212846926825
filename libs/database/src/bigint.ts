import type { ValueTransformer } from 'typeorm';

/**
 * For a `bigint` column whose values stay below 2^53, such as counts and sizes: the driver gives text, the entity holds
 * a number. Null stays null.
 */
export const bigintAsNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
