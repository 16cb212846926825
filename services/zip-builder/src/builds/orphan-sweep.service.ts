import { Bus } from '@account-backups/messaging';
import { ownerOf, type ObjectStore } from '@account-backups/object-store';
import { Clock, OBJECT_STORE } from '@account-backups/service-kit';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type ZipBuilderConfig } from '../config.js';
import { BuildsRepository } from './builds.repository.js';
import { StoreSweepsRepository } from './store-sweeps.repository.js';
import { buildObjects } from '../store/build-objects.js';

const EVERYTHING = 'accounts/';
const PAGE_KEYS = 500;
/** How long one turn may take, and how long nobody else takes one. */
const TURN_MS = 2_000;
const TURN_LEASE_MS = 300_000;
/** After a fault, and between two walks. */
const REST_MS = 60_000;
const MAX_REST_MS = 3_600_000;
/** As many contents in a row that nobody knows are a sign of the wrong database, not of dead uploads. */
const IMPLAUSIBLE = 20;

/**
 * Walks through the store, a page at a time, and removes what no row names: a content whose gateway died before it was
 * registered, objects of builders that woke when all was over. Work grows with the objects in the store: a question for
 * each 500.
 */
@Injectable()
export class OrphanSweep {
  private readonly logger = new Logger(OrphanSweep.name);

  constructor(
    private readonly turns: StoreSweepsRepository,
    private readonly builds: BuildsRepository,
    private readonly bus: Bus,
    private readonly clock: Clock,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(CONFIG) private readonly config: Pick<ZipBuilderConfig, 'CONTENT_GRACE_SECONDS'>,
  ) {}

  async sweep(): Promise<void> {
    const now = await this.clock.now();
    const after = await this.turns.claim({ now, until: new Date(now.getTime() + TURN_LEASE_MS) });
    if (after === null) return;
    try {
      await this.goOn(after, now);
    } catch (error) {
      this.logger.warn({ event: 'store.sweep-failed', error });
      await this.turns.save(after, new Date(now.getTime() + REST_MS));
    }
  }

  private async goOn(from: string, now: Date): Promise<void> {
    let after = from;
    const before = new Date(now.getTime() - this.graceMs);
    const endsAt = performance.now() + TURN_MS;
    let keys: readonly string[];
    do {
      keys = await this.page(after);
      await this.removeOrphans(keys, before);
      after = keys.at(-1) ?? after;
    } while (keys.length === PAGE_KEYS && performance.now() < endsAt);
    if (keys.length === PAGE_KEYS) return this.turns.save(after, now);
    await this.dropUploads(before);
    await this.turns.save('', new Date(now.getTime() + Math.min(this.graceMs, MAX_REST_MS)));
  }

  private get graceMs(): number {
    return this.config.CONTENT_GRACE_SECONDS * 1_000;
  }

  private async page(after: string): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const key of this.store.list(EVERYTHING, { after })) if (keys.push(key) === PAGE_KEYS) break;
    return keys;
  }

  private async removeOrphans(keys: readonly string[], before: Date): Promise<void> {
    const contents = keys.filter((key) => ownerOf(key)?.kind === 'content');
    for (const key of [...(await this.unregistered(contents)), ...(await this.unnamed(keys))]) {
      const found = await this.store.stat(key);
      if (!found || found.modifiedAt >= before) continue;
      await this.store.delete(key);
      this.logger.warn({ event: 'store.orphan-removed', ...ownerOf(key) });
    }
  }

  private async unregistered(objectKeys: readonly string[]): Promise<readonly string[]> {
    if (objectKeys.length === 0) return [];
    const { registered } = await this.bus.request('documents.find-registered', { objectKeys: [...objectKeys] });
    const known = new Set(registered);
    const unknown = objectKeys.filter((key) => !known.has(key));
    if (known.size > 0 || unknown.length < IMPLAUSIBLE) return unknown;
    this.logger.error({ event: 'store.unknown-contents', count: unknown.length });
    return [];
  }

  /** Objects of backups that their builds do not name, or no longer. A build under way may name anything. */
  private async unnamed(keys: readonly string[]): Promise<readonly string[]> {
    const owners = keys.map((key) => ({ key, owner: ownerOf(key) }));
    const backups = owners.flatMap(({ key, owner }) => (owner?.kind === 'backup' ? [{ key, ...owner }] : []));
    if (backups.length === 0) return [];
    const builds = await this.builds.ofBackups([...new Set(backups.map(({ backupId }) => backupId))]);
    const named = new Map(builds.map((build) => [build.backupId, build]));
    return backups.flatMap(({ key, backupId }) => {
      const build = named.get(backupId);
      if (build && (build.status === 'planning' || build.status === 'building')) return [];
      return build?.status === 'built' && key === buildObjects.archive(build) ? [] : [key];
    });
  }

  private async dropUploads(before: Date): Promise<void> {
    for await (const { startedAt, ...upload } of this.store.listUploads(EVERYTHING)) {
      if (startedAt >= before) continue;
      const owner = ownerOf(upload.key);
      const [build] = owner?.kind === 'backup' ? await this.builds.ofBackups([owner.backupId]) : [];
      if (build?.uploadId === upload.uploadId) continue;
      await this.store.abortUpload(upload);
      this.logger.warn({ event: 'store.orphan-upload-dropped', ...owner });
    }
  }
}
