import { AppError, hostId } from '@account-backups/contracts';
import type { Bus } from '@account-backups/messaging';

// Somebody is waiting in front of the form.
const MAX_WAIT_MS = 5_000;

/** A person as the issuer names them: `userId@accountId`. No id holds an `@`. */
interface SignInName {
  readonly userId: string;
  readonly accountId: string;
}

interface KnownPerson extends SignInName {
  readonly name: string;
}

export function readSignInName(text: string): SignInName | undefined {
  const [userId, accountId, ...more] = text.trim().split('@');
  if (more.length > 0 || !hostId.safeParse(userId).success || !hostId.safeParse(accountId).success) return undefined;
  return { userId: String(userId), accountId: String(accountId) };
}

export function signInName({ userId, accountId }: SignInName): string {
  return `${userId}@${accountId}`;
}

/** Everyone who is provisioned and active, as `permissions` knows it now. */
export class People {
  constructor(private readonly bus: Bus) {}

  /** The person, or undefined for one that is unknown or inactive. Throws when `permissions` is away. */
  async find(who: SignInName): Promise<KnownPerson | undefined> {
    try {
      const { user } = await this.bus.request('permissions.get-access', who, { timeoutMs: MAX_WAIT_MS });
      return { ...who, name: user.name };
    } catch (error) {
      if (AppError.is(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  }
}
