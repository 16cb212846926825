import type { Access } from '@account-backups/contracts';
import { LRUCache } from 'lru-cache';

interface Remembered {
  readonly edition: string;
  readonly access: Access;
}

/**
 * Answers that hold while the directory still has the edition that they were read from: callers name the current one.
 * Holds at most `maxIds` ids of OUs and drops the least recently used answers first.
 */
export class AccessMemory {
  private readonly answers: LRUCache<string, Remembered>;

  constructor(maxIds: number) {
    // One more, for what an answer without any OU takes.
    const sizeCalculation = ({ access }: Remembered) => access.orgUnitIds.length + 1;
    this.answers = new LRUCache({ maxSize: maxIds, sizeCalculation });
  }

  find(accountId: string, userId: string, edition: string): Access | null {
    const found = this.answers.get(keyOf(accountId, userId));
    return found?.edition === edition ? found.access : null;
  }

  remember(edition: string, access: Access): void {
    this.answers.set(keyOf(access.account.accountId, access.user.userId), { edition, access });
  }
}

// No id has a space.
function keyOf(accountId: string, userId: string): string {
  return `${accountId} ${userId}`;
}
