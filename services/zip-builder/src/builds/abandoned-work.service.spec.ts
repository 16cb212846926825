import { jest } from '@jest/globals';
import type { Clock } from '@account-backups/service-kit';
import { AbandonedWork } from './abandoned-work.service.js';
import type { DriveService } from './drive.service.js';
import type { LeasesRepository } from './leases.repository.js';

const clock = { now: async () => new Date() } as Clock;
const driver = {} as DriveService;

function workWith(held: () => Promise<never[]>) {
  const asked = jest.fn(held);
  return { asked, work: new AbandonedWork({ held: asked } as unknown as LeasesRepository, driver, clock) };
}

it('watches once more, and only once, for all who were lost while it watched', async () => {
  const { asked, work } = workWith(async () => []);
  await Promise.all([work.free(), work.free(), work.free()]);
  expect(asked).toHaveBeenCalledTimes(2);
});

it('watches again for others after a watch that failed', async () => {
  let answers = 0;
  const { asked, work } = workWith(async () => {
    answers += 1;
    if (answers === 1) throw new Error('the database is away');
    return [];
  });
  const ended = await Promise.allSettled([work.free(), work.free()]);
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(asked).toHaveBeenCalledTimes(2);
});
