import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@account-backups/contracts';
import type { Bus } from '@account-backups/messaging';
import { newKey, type KeyRing, type RingFolder, type RingName } from '@account-backups/service-kit/keys';
import type { Agreement } from './agreement.js';

/** A request for a backup that was sealed before another key was active is stored, or refused, by then. */
const SEALED_WITHIN_MS = 25_000;

interface RotationParts {
  readonly folder: RingFolder;
  readonly agreement: Agreement;
  readonly bus: Pick<Bus, 'request'>;
  /** Carries the files to where processes read them, where that is elsewhere. */
  readonly publish: () => Promise<void>;
}

/** Changes a ring in two steps: nobody uses a key before everybody knows it. */
export class RingRotation {
  constructor(
    private readonly ring: RingName,
    private readonly parts: RotationParts,
  ) {}

  /** Gives the id of a fresh key once it is the active one of every running process. */
  add(): Promise<string> {
    return this.parts.folder.alone(this.ring, async () => {
      const before = await this.kept();
      await this.refuseElsewhere(before);
      const key = newKey(this.ring, new Date());
      const notes = await this.parts.folder.notes(this.ring);
      await this.parts.folder.note(this.ring, [...notes, { keyId: key.keyId, createdAt: new Date().toISOString() }]);
      const known = before.with(key);
      await this.introduce(known, before, key.keyId);
      await this.write(known.activated(key.keyId));
      await this.parts.agreement.until(this.ring, (keyIds) => keyIds[0] === key.keyId);
      await this.noteThat(key.keyId, { activeAt: new Date().toISOString() });
      return key.keyId;
    });
  }

  /** Throws `KEY_IN_USE` for the active key, and for one that something waits for. */
  retire(keyId: string): Promise<void> {
    return this.parts.folder.alone(this.ring, async () => {
      const ring = await this.kept();
      if (!ring.find(keyId)) throw new AppError('NOT_FOUND', `the ring ${this.ring} has no key ${keyId}`);
      if (ring.active.keyId === keyId) {
        throw new AppError('KEY_IN_USE', `${keyId} is the active key of ${this.ring}: add another one first`);
      }
      await this.refuseElsewhere(ring);
      // Records are never rewritten: the codes of its time are checked with it for as long as there are any.
      if (this.ring === 'audit') throw new AppError('KEY_IN_USE', `records of its time are checked with ${keyId}`);
      if (this.ring === 'seal') await this.refuseWhileSealed(ring, keyId);
      const left = this.ring === 'receipt' ? ring.signingNoMore(keyId) : ring.without(keyId);
      await this.write(left);
      await this.parts.agreement.until(this.ring, (keyIds) => keyIds.join() === left.keyIds.join());
      await this.noteThat(keyId, { retiredAt: new Date().toISOString() });
    });
  }

  private async kept(): Promise<KeyRing> {
    const ring = await this.parts.folder.find(this.ring);
    if (ring) return ring;
    const remedy = 'name the folder of the rings by KEYS_DIR, or make them there with keys init';
    throw new AppError('CONFIGURATION_INVALID', `the ring ${this.ring} is not kept here: ${remedy}`);
  }

  // What the processes hold must come from these files, or they would never hear of a change.
  private async refuseElsewhere(ring: KeyRing): Promise<void> {
    await this.parts.agreement.until(this.ring, (keyIds) => keyIds.join() === ring.keyIds.join(), 5_000);
  }

  private async introduce(known: KeyRing, before: KeyRing, keyId: string): Promise<void> {
    await this.write(known);
    try {
      await this.parts.agreement.until(this.ring, (keyIds) => keyIds.includes(keyId));
    } catch (error) {
      await this.write(before);
      throw error;
    }
  }

  private async write(ring: KeyRing): Promise<void> {
    await this.parts.folder.write(this.ring, ring);
    await this.parts.publish();
  }

  private async refuseWhileSealed(ring: KeyRing, keyId: string): Promise<void> {
    const notes = await this.parts.folder.notes(this.ring);
    const activeAt = notes.find((note) => note.keyId === ring.active.keyId)?.activeAt;
    const waitMs = activeAt === undefined ? SEALED_WITHIN_MS : Date.parse(activeAt) + SEALED_WITHIN_MS - Date.now();
    if (waitMs > 0) await sleep(waitMs);
    const { count } = await this.parts.bus.request('backups.count-sealed', { keyId });
    if (count > 0) throw new AppError('KEY_IN_USE', `${count} backups wait with a password that ${keyId} opens`);
  }

  private async noteThat(
    keyId: string,
    news: { readonly activeAt?: string; readonly retiredAt?: string },
  ): Promise<void> {
    const notes = await this.parts.folder.notes(this.ring);
    const known = notes.find((note) => note.keyId === keyId) ?? { keyId, createdAt: null };
    await this.parts.folder.note(this.ring, [...notes.filter((note) => note.keyId !== keyId), { ...known, ...news }]);
  }
}
