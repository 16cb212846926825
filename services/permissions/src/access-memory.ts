import type { Access } from '@account-backups/contracts';

interface Remembered {
  readonly revision: string;
  readonly access: Access;
}

/**
 * Answers that hold as long as the directory has the revision that they were read from: whoever takes one out says
 * which revision is there now. Bounded by the ids that it keeps; what was not asked for longest goes first.
 */
export class AccessMemory {
  private readonly answers = new Map<string, Remembered>();
  private kept = 0;

  constructor(private readonly mostIds: number) {}

  find(accountId: string, userId: string, revision: string): Access | null {
    const key = keyOf(accountId, userId);
    const found = this.answers.get(key);
    if (!found) return null;
    this.forget(key);
    if (found.revision !== revision) return null;
    this.keep(key, found);
    return found.access;
  }

  remember(revision: string, access: Access): void {
    const key = keyOf(access.account.accountId, access.user.userId);
    this.forget(key);
    this.keep(key, { revision, access });
    for (const oldest of this.answers.keys()) {
      if (this.kept <= this.mostIds) return;
      this.forget(oldest);
    }
  }

  private keep(key: string, remembered: Remembered): void {
    this.answers.set(key, remembered);
    this.kept += weightOf(remembered);
  }

  private forget(key: string): void {
    const found = this.answers.get(key);
    if (!found) return;
    this.answers.delete(key);
    this.kept -= weightOf(found);
  }
}

// One more, for what an answer without any OU takes.
function weightOf({ access }: Remembered): number {
  return access.orgUnitIds.length + 1;
}

// No id has a space.
function keyOf(accountId: string, userId: string): string {
  return `${accountId} ${userId}`;
}
