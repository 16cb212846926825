import { z } from 'zod';
import { chainId, count, instant, ownId } from './ids.js';

const actorKinds = ['person', 'program', 'operator', 'system', 'nobody'] as const;

/** Who did something, as far as it is known: a stranger has no id, and not everybody's name is at hand. */
export const actor = z.strictObject({
  kind: z.enum(actorKinds),
  id: z.string().max(1_000).nullable(),
  name: z.string().max(1_000).nullable(),
});
export type Actor = z.infer<typeof actor>;

/** Who sent a call, and from where: what a change on its behalf says in the trail. */
export const caller = z.strictObject({
  actor,
  ipAddress: z.string().max(64),
  userAgent: z.string().max(500),
});
export type CalledBy = z.infer<typeof caller>;

const MOST_DETAILS = 50;

/** Ids, counts and words of ours; nothing that a document says. */
const details = z
  .record(
    z.string().max(40),
    z.union([z.string().max(500), z.number().int(), z.boolean(), z.null(), z.array(z.string().max(200)).max(100)]),
  )
  .refine((told) => Object.keys(told).length <= MOST_DETAILS, `expected at most ${MOST_DETAILS} details`);

const said = {
  at: instant,
  actor,
  /** Such as `backup.requested`. */
  action: z
    .string()
    .max(60)
    .regex(/^[a-z-]+\.[a-z-]+$/, 'expected an action such as backup.requested'),
  /** What it was done to, such as `backup/<backupId>`. */
  subject: z.string().max(300).nullable(),
  outcome: z.enum(['ok', 'refused', 'failed']),
  ipAddress: z.string().max(64).nullable(),
  userAgent: z.string().max(500).nullable(),
  details,
};

/** Something that happened, before it has its place in a chain of the audit. */
export const trailRecord = z
  .strictObject({
    /** So that the same record twice is one. */
    recordId: ownId,
    chainId,
    ...said,
  })
  .refine(isStorable, 'expected texts without NUL and lone surrogates');
export type TrailRecord = z.infer<typeof trailRecord>;

/** A record in its place. */
export const trailEntry = z.strictObject({ sequence: count, ...said });
export type TrailEntry = z.infer<typeof trailEntry>;

/** A record that no database holds would be told for ever. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every((entry) => entry.every(isStorable));
}
