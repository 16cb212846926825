import { day, subscriptionState, text } from '@account-backups/contracts';
import { z } from 'zod';

const MAX_PAGE_ITEMS = 500;

// Outside of these, an instant has no year of four digits.
export const termDay = day.refine(
  (value) => value >= '1970-01-01' && value <= '9998-12-31',
  'expected a day from 1970-01-01 to 9998-12-31',
);

const words = text(Number.MAX_SAFE_INTEGER);

/** Why something is done; may be empty, and may have several lines. */
const note = z
  .string()
  .max(1_000)
  .refine((value) => value === '' || words.safeParse(value).success, 'expected text without control characters')
  .default('');

export const startBody = z
  .strictObject({ startsOn: termDay, endsOn: termDay, reference: text(200).nullable().default(null), note })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, {
    path: ['endsOn'],
    message: 'expected startsOn or a day after it',
  });
export type StartBody = z.output<typeof startBody>;

export const extendBody = z.strictObject({ endsOn: termDay, note });
export type ExtendBody = z.output<typeof extendBody>;

/** Everything has a default, so the body itself may be missing. */
export const endBody = z.preprocess((body) => body ?? {}, z.strictObject({ endsOn: termDay.optional(), note }));
export type EndBody = z.output<typeof endBody>;

const wholeNumber = (largest: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'expected a whole number')
    .transform(Number)
    .refine((value) => value <= largest, `expected at most ${largest}`);

const pageLimit = wholeNumber(MAX_PAGE_ITEMS)
  .refine((value) => value > 0, 'expected at least 1')
  .optional();

export const listQuery = z.strictObject({
  state: subscriptionState.shape.state.optional(),
  name: text(300).optional(),
  limit: pageLimit,
  cursor: z.string().max(200).optional(),
});
export type ListQuery = z.output<typeof listQuery>;

export const expiringQuery = z.strictObject({
  withinDays: wholeNumber(3_660).default(30),
  limit: pageLimit,
  cursor: z.string().max(200).optional(),
});
export type ExpiringQuery = z.output<typeof expiringQuery>;
