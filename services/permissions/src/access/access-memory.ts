import type { Access } from '@account-backups/contracts';
import { LRUCache } from 'lru-cache';

interface Remembered {
  readonly revision: string;
  readonly access: Access;
}

/**
 * Answers that hold while the directory still has the revision that they were read from: callers name the current one.
 * Holds at most `maxIds` ids of OUs and drops the least recently used answers first.
 */
export class AccessMemory {
  private readonly answers: LRUCache<string, Remembered>;

  constructor(maxIds: number) {
    // One more, for what an answer without any OU takes.
    const sizeCalculation = ({ access }: Remembered) => access.orgUnitIds.length + 1;
    this.answers = new LRUCache({ maxSize: maxIds, sizeCalculation });
  }

  find(accountId: string, userId: string, revision: string): Access | null {
    const found = this.answers.get(keyOf(accountId, userId));
    return found?.revision === revision ? found.access : null;
  }

  remember(revision: string, access: Access): void {
    this.answers.set(keyOf(access.account.accountId, access.user.userId), { revision, access });
  }
}

// No id has a space.
function keyOf(accountId: string, userId: string): string {
  return `${accountId} ${userId}`;
}
