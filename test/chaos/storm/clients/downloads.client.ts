// People of one account who take archives: whole, in ranges that they resume, or broken off in the middle.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { happens, numbersFor, oneOf, type Random } from '../../../support/seeded.js';
import type { Answer } from '../call.js';
import type { DownloadEntry } from '../journal.js';
import { openArchive } from '../opened-archive.js';
import { ADMIN, EDITOR, passwordOf, sha256Of } from '../world.js';
import { transfer, type Transferred } from './archive-transfer.js';
import { person, type Caller, type StormClient } from './caller.js';
import { noteSight, OUT_OF_SIGHT, type SeenBackup } from './sight.js';

const MAX_BREAKS = 4;

type Archive = NonNullable<SeenBackup['archive']>;
type Found = Archive & { readonly userId: string; readonly backupId: string; readonly password: string };
/** `to` is the byte after the last one. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly abortAfter?: number;
}

export class DownloadsClient implements StormClient {
  readonly pauseMs = [400, 2_500] as const;
  readonly random: Random;

  constructor(
    private readonly caller: Caller,
    private readonly accountId: string,
    { seed, number }: { readonly seed: number; readonly number: number },
  ) {
    this.random = numbersFor(seed, `downloads ${number} of ${accountId}`);
  }

  async act(): Promise<void> {
    const found = await this.find();
    const entry = found && (await this.begin(found));
    if (!found || !entry || happens(5, this.random)) return;
    const drawn = this.random(100);
    if (drawn < 25) return this.abort(entry, found);
    const pieces = drawn < 60 ? [{ from: 0, to: found.sizeBytes }] : this.cut(found.sizeBytes);
    await this.takeAll(entry, found, pieces);
  }

  private async find(): Promise<Found | null> {
    const completed = this.caller.journal.completedOf(this.accountId);
    if (completed.length === 0) return null;
    const userId = happens(75, this.random) ? ADMIN : EDITOR;
    const backupId = oneOf(completed, this.random);
    const answer = await this.caller.call('GET backup', person(this.accountId, userId, this.random), {
      method: 'GET',
      path: `/api/v1/backups/${backupId}`,
      also: userId === EDITOR ? OUT_OF_SIGHT : [],
    });
    if (answer.effect !== 'done') return null;
    const backup = answer.body as SeenBackup;
    noteSight(this.caller.journal, backup, answer);
    const password = backup.passwordProtected ? passwordOf(this.accountId) : '';
    return backup.status === 'completed' && backup.archive ? { userId, backupId, password, ...backup.archive } : null;
  }

  private async begin({ userId, backupId, sizeBytes }: Found): Promise<DownloadEntry | null> {
    const refusals = () => this.refusals(userId, backupId);
    const answer = await this.caller.call('POST downloads', person(this.accountId, userId, this.random), {
      method: 'POST',
      path: `/api/v1/backups/${backupId}/downloads`,
      // Asked once the answer is there: the backup may expire meanwhile.
      get also() {
        return refusals();
      },
    });
    const { sentAt, doneAt, effect } = answer;
    const downloadId = effect === 'done' ? (answer.body as { downloadId: string }).downloadId : null;
    const { accountId } = this;
    const entry: DownloadEntry = {
      accountId,
      userId,
      backupId,
      downloadId,
      ofBytes: sizeBytes,
      sentAt,
      doneAt,
      effect,
      ranges: [],
      outcome: 'unused',
    };
    this.caller.journal.downloads.push(entry);
    return downloadId === null ? null : entry;
  }

  private async abort(entry: DownloadEntry, found: Found): Promise<void> {
    const abortAfter = 1 + this.random(found.sizeBytes);
    await this.take(entry, found, { from: 0, to: found.sizeBytes, abortAfter });
    entry.outcome = 'aborted';
  }

  private async takeAll(entry: DownloadEntry, found: Found, pieces: readonly Piece[]): Promise<void> {
    const content: Buffer[] = [];
    let breaks = 0;
    for (const { from, to } of pieces) {
      let at = from;
      while (at < to) {
        const { answer, chunks, received } = await this.take(entry, found, { from: at, to });
        content.push(...chunks);
        at += received;
        if (at >= to) break;
        breaks += 1;
        entry.outcome = 'broken off';
        if (answer.effect === 'refused' || breaks > MAX_BREAKS) return;
        await sleep(200 + this.random(2_000));
      }
    }
    entry.outcome = 'complete';
    await this.look(found, Buffer.concat(content));
  }

  /** Whether it is the archive that was promised; now and then also what is in it, for it may expire before the end. */
  private async look({ backupId, sha256, password }: Found, content: Buffer): Promise<void> {
    const { opened } = this.caller.journal;
    const actual = sha256Of(content);
    if (actual !== sha256) return this.fault('wrong-bytes', backupId, { expected: sha256, found: actual });
    if (opened.has(sha256) || !happens(20, this.random)) return;
    const folder = await mkdtemp(join(tmpdir(), 'storm-download-'));
    try {
      await writeFile(join(folder, 'archive.zip'), content);
      opened.set(sha256, await openArchive(join(folder, 'archive.zip'), password));
    } catch (error) {
      this.fault('archive-damaged', backupId, { expected: 'an archive that verifies', found: String(error) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private fault(kind: string, backupId: string, compared: { expected: unknown; found: unknown }): void {
    this.caller.journal.findings.push({ kind, what: 'a download', where: `backup ${backupId}`, ...compared });
  }

  private async take(entry: DownloadEntry, found: Found, piece: Piece): Promise<Transferred> {
    const { userId, backupId, sizeBytes, sha256 } = found;
    const path = `/api/v1/backups/${backupId}/downloads/${entry.downloadId}/archive`;
    const token = await this.caller.token({ accountId: this.accountId, userId });
    const base = oneOf(this.caller.target.gateways, this.random);
    const done = await transfer(base, { path, token, ...piece, ofBytes: sizeBytes, etag: `"${sha256}"` });
    const { answer, received } = done;
    const { from, to } = piece;
    this.caller.note('GET archive', answer, { path, also: this.refusals(userId, backupId) });
    this.checkHead(answer, piece, found);
    const { sentAt, doneAt, effect } = answer;
    entry.ranges.push({ sentAt, doneAt, effect, from, to, received });
    return done;
  }

  private checkHead(answer: Answer, { from, to }: Piece, { backupId, sizeBytes, sha256 }: Found): void {
    if (answer.effect !== 'done') return;
    const status = from === 0 && to === sizeBytes ? 200 : 206;
    const expected = { status, length: String(to - from), etag: `"${sha256}"` };
    const { headers } = answer;
    const found = { status: answer.status, length: headers['content-length'], etag: headers.etag };
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    this.fault('wrong-head', backupId, { expected, found });
  }

  /** What may be answered because rights were taken, or because time passed since the backup was looked at. */
  private refusals(userId: string, backupId: string): readonly string[] {
    const expired = this.caller.journal.mayHaveExpired(backupId) ? ['410 BACKUP_EXPIRED', ...OUT_OF_SIGHT] : [];
    const unseen = userId === EDITOR ? OUT_OF_SIGHT : [];
    // An object that is deleted while it is opened is no code of callers.
    return [...expired, ...unseen, ...(expired.length > 0 ? ['404 OBJECT_NOT_FOUND'] : [])];
  }

  private cut(sizeBytes: number): readonly Piece[] {
    const cuts = Array.from({ length: 1 + this.random(4) }, () => 1 + this.random(Math.max(1, sizeBytes - 1)));
    const ends = [...new Set([...cuts, sizeBytes])].toSorted((a, b) => a - b);
    return ends.map((to, number) => ({ from: ends[number - 1] ?? 0, to }));
  }
}
