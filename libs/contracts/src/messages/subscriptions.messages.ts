import { z } from 'zod';
import { day, hostId, instant } from '../ids.js';
import { request } from './message-kinds.js';

const subscriptionStates = ['valid', 'scheduled', 'expired', 'none'] as const;

export const subscriptionState = z.strictObject({
  state: z.enum(subscriptionStates),
  startsOn: day.nullable(),
  endsOn: day.nullable(),
  /** First instant of the first day in the account's time zone. */
  startsAt: instant.nullable(),
  /** First instant after the last day in the account's time zone. */
  endsAt: instant.nullable(),
  reference: z.string().nullable(),
});
export type SubscriptionState = z.infer<typeof subscriptionState>;

export const subscriptionsMessages = {
  'subscriptions.get-state': request({
    about: 'The term that counts now: the valid one, else the next one, else the last one.',
    owner: 'subscriptions',
    payload: z.strictObject({ accountId: hostId, timeZone: z.string().min(1).max(64) }),
    reply: subscriptionState,
  }),
};
