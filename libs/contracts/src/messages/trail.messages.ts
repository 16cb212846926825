import { z } from 'zod';
import { chainId, count } from '../ids.js';
import { trailEntry, trailRecord } from '../trail.js';
import { request } from './message-kinds.js';

export const trailMessages = {
  'trail.record': request({
    about: 'Adds records to the chains that they name, in their order; one that is there already stays as it is.',
    owner: 'download-audit',
    payload: z.strictObject({ records: z.array(trailRecord).min(1).max(100) }),
    reply: z.strictObject({}),
    timeoutMs: 30_000,
  }),
  'trail.list': request({
    about: 'Records of a chain, those of downloads too, in order, behind a place in it.',
    owner: 'download-audit',
    payload: z.strictObject({ chainId, afterSequence: count, limit: z.number().int().min(1).max(1_000) }),
    /** Fewer than `limit` end the chain. */
    reply: z.strictObject({ entries: z.array(trailEntry) }),
    timeoutMs: 30_000,
  }),
};
