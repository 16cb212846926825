import type { TrailRecord } from '@account-backups/contracts';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Bus } from '@account-backups/messaging';
import { Refusals, type Refusal } from './refusals.js';

Logger.overrideLogger(false);

let told: TrailRecord[];
let isAway: boolean;
let refusals: Refusals;

beforeEach(() => {
  jest.useFakeTimers();
  [told, isAway] = [[], false];
  const request = async (_name: string, { records }: { records: TrailRecord[] }) => {
    if (isAway) throw new Error('away');
    told.push(...records);
    return {};
  };
  refusals = new Refusals(Object.assign(Object.create(Bus.prototype) as Bus, { request }));
});

afterEach(() => jest.useRealTimers());

function refusal(id: string | null, accountId = 'northfield'): Refusal {
  const by = {
    actor: { kind: id === null ? 'nobody' : 'person', id, name: null },
    ipAddress: '::1',
    userAgent: '',
  } as const;
  return { chainId: accountId, action: 'access.refused', subject: null, by, details: { code: 'SCOPE_MISSING' } };
}

async function noted(times: number, one: Refusal): Promise<void> {
  for (let left = times; left > 0; left -= 1) await refusals.note(one);
}

describe('Refusals', () => {
  it('tells the first of a person before it resolves', async () => {
    await refusals.note(refusal('ada'));
    expect(told).toMatchObject([{ chainId: 'northfield', outcome: 'refused', actor: { id: 'ada' } }]);
  });

  it('tells the others of the minute as one, with their number', async () => {
    await noted(1_000, refusal('ada'));
    expect(told).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(70_000);
    expect(told).toHaveLength(2);
    expect(told[1]).toMatchObject({ details: { code: 'SCOPE_MISSING', times: 999 } });
  });

  it('tells apart people, and takes strangers for one', async () => {
    await refusals.note(refusal('ada'));
    await refusals.note(refusal('mona'));
    await noted(3, refusal(null));
    expect(told.map(({ actor }) => actor.id)).toEqual(['ada', 'mona', null]);
  });

  it('keeps what it could not tell, and tells it later under the same id', async () => {
    isAway = true;
    const first = refusals.note(refusal('ada'));
    await jest.advanceTimersByTimeAsync(1_000);
    await first;
    await refusals.note(refusal('mona'));
    isAway = false;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(told.map(({ actor }) => actor.id)).toEqual(['ada', 'mona']);
  });

  it('takes for one, in the chain of the system, whoever comes beyond a thousand people', async () => {
    for (let nth = 0; nth < 1_100; nth += 1) await refusals.note(refusal(`p${nth}`));
    expect(told).toHaveLength(1_001);
    expect(told.at(-1)).toMatchObject({ chainId: '~system', actor: { kind: 'nobody', id: null } });
  });

  it('tells what it has counted when it ends', async () => {
    await noted(3, refusal('ada'));
    await refusals.beforeApplicationShutdown();
    expect(told.at(-1)).toMatchObject({ details: { times: 2 } });
  });

  it('refuses also where a record would say too much', async () => {
    await refusals.note({ ...refusal('ada'), subject: 'x'.repeat(1_000) });
    expect(told).toEqual([]);
  });
});
