import { z } from 'zod';
import { instant, ownId } from '../ids.js';
import { fact, request } from './message-kinds.js';

/** `scan` starts and expires backups; `sweep`, far more often, only picks up what was left lying. */
const tickKinds = ['scan', 'sweep'] as const;

const tick = z.strictObject({ tickId: ownId, kind: z.enum(tickKinds), at: instant });

export const schedulerMessages = {
  'scheduler.tick-now': request({
    about: 'Makes a scan happen now.',
    owner: 'scheduler',
    payload: z.strictObject({}),
    reply: tick,
  }),
  'scheduler.get-next-scan': request({
    about: 'When the next scan that starts backups is due, and what time it is.',
    owner: 'scheduler',
    payload: z.strictObject({}),
    reply: z.strictObject({ nextScanAt: instant, now: instant.optional() }),
  }),
  'schedule.ticked': fact({
    about: 'It is time to look at the rows.',
    owner: 'scheduler',
    handledBy: ['backups', 'zip-builder', 'download-audit', 'permissions', 'documents', 'subscriptions'],
    payload: tick,
  }),
};
