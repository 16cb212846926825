import type { Access } from '@account-backups/contracts';
import { AccessMemory } from './access-memory.js';

function accessOf(userId: string, orgUnits: number): Access {
  return {
    account: { accountId: 'lab', name: 'Lab', timeZone: 'UTC', enterprise: false },
    user: { userId, name: userId },
    siteAdmin: false,
    facilityAdminOf: [],
    orgUnitIds: Array.from({ length: orgUnits }, (_, at) => `u${at}`),
    accountOrgUnitCount: orgUnits,
  };
}

describe('the memory of answers', () => {
  it('gives what was read from the same edition', () => {
    const memory = new AccessMemory(10);
    const access = accessOf('mona', 2);
    memory.remember('r1', access);
    expect(memory.find('lab', 'mona', 'r1')).toBe(access);
  });

  it('gives nothing of an earlier edition', () => {
    const memory = new AccessMemory(10);
    memory.remember('r1', accessOf('mona', 2));
    expect(memory.find('lab', 'mona', 'r2')).toBeNull();
  });

  it('keeps people and accounts apart', () => {
    const memory = new AccessMemory(10);
    memory.remember('r1', accessOf('mona', 2));
    expect([memory.find('lab', 'otto', 'r1'), memory.find('other', 'mona', 'r1')]).toEqual([null, null]);
  });

  it('lets go what was not asked for longest', () => {
    const memory = new AccessMemory(10);
    memory.remember('r1', accessOf('ada', 4));
    memory.remember('r1', accessOf('mona', 4));
    memory.find('lab', 'ada', 'r1');
    memory.remember('r1', accessOf('otto', 3));
    expect(memory.find('lab', 'mona', 'r1')).toBeNull();
    expect(memory.find('lab', 'ada', 'r1')).not.toBeNull();
  });

  it('keeps nothing that is larger than it may be', () => {
    const memory = new AccessMemory(10);
    memory.remember('r1', accessOf('ada', 20));
    expect(memory.find('lab', 'ada', 'r1')).toBeNull();
  });
});
