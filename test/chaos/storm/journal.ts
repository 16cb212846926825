// What clients did and what they know of it: the other side of every comparison that the checker makes.
import type { Answer, Effect } from './call.js';
import type { Finding } from './finding.js';
import type { OpenedArchive } from './opened-archive.js';
import type { HostDocument } from './world.js';

/** When something was asked, by `Date.now`, and what became of it. */
export interface Attempt {
  readonly sentAt: number;
  readonly doneAt: number;
  readonly effect: Effect;
}

export interface RequestBody {
  readonly orgUnitIds?: readonly string[];
  readonly includeActive: boolean;
  readonly includeInactive: boolean;
  readonly excludeSuperseded: boolean;
  readonly password?: string;
}

/** One request for a backup; sent several times when it has a key. */
export interface RequestEntry {
  readonly accountId: string;
  readonly userId: string;
  readonly key: string | null;
  readonly body: RequestBody;
  readonly attempts: (Attempt & { readonly backupId: string | null })[];
}

export interface BackupDeed extends Attempt {
  readonly backupId: string;
}

/** A document as it was registered, or null when it was deleted. */
export interface DocumentDeed extends Attempt {
  readonly value: HostDocument | null;
}

export interface FileEntry {
  readonly accountId: string;
  readonly fileId: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly attempts: Attempt[];
}

export interface RightsDeed extends Attempt {
  readonly granted: boolean;
}

/** One GET of an archive; `to` is the byte after the last one that was asked for. */
export interface RangeEntry extends Attempt {
  readonly from: number;
  readonly to: number;
  /** Bytes that the client got. */
  readonly received: number;
}

export interface DownloadEntry extends Attempt {
  readonly accountId: string;
  readonly userId: string;
  readonly backupId: string;
  /** Null when its beginning was not answered. */
  readonly downloadId: string | null;
  readonly ofBytes: number;
  readonly ranges: RangeEntry[];
  /** `complete`: every byte came, and their SHA-256 was right. */
  outcome: 'complete' | 'aborted' | 'broken off' | 'unused';
}

/** A backup as an answer showed it. */
export interface Sighting {
  readonly status: string;
  readonly sha256: string | null;
  readonly sentAt: number;
  readonly doneAt: number;
}

/** An answer after this is late. */
const BUDGET_MS = 30_000;

export class Journal {
  readonly requests: RequestEntry[] = [];
  readonly cancels: BackupDeed[] = [];
  /** Where time was made to pass: the backup's expiry was set to now. */
  readonly expiries: BackupDeed[] = [];
  readonly downloads: DownloadEntry[] = [];
  /** Account → document → what was done to it, in order. */
  readonly documents = new Map<string, Map<string, DocumentDeed[]>>();
  /** Account → file id → what was sent. */
  readonly files = new Map<string, Map<string, FileEntry>>();
  /** Account → what was done to the rights of its editor, in order. */
  readonly rights = new Map<string, RightsDeed[]>();
  readonly sightings = new Map<string, Sighting[]>();
  /** SHA-256 of an archive → what was found in it, when somebody opened it. */
  readonly opened = new Map<string, OpenedArchive>();
  /** What clients themselves saw that must not be. */
  readonly findings: Finding[] = [];

  private readonly counts = new Map<string, number>();
  private slowestMs = 0;

  /** Counts an answer; a 5xx other than 503 is a finding. */
  noteCall(kind: string, answer: Answer): void {
    const { status, code, sentAt, doneAt } = answer;
    this.count(`${kind}: ${status === 0 ? `no answer (${code})` : [status, code].join(' ').trim()}`);
    if (doneAt - sentAt > BUDGET_MS) this.count(`${kind}: late`);
    this.slowestMs = Math.max(this.slowestMs, doneAt - sentAt);
    if (status < 500 || status === 503) return;
    const where = new Date(sentAt).toISOString();
    this.findings.push({
      kind: 'server-error',
      what: kind,
      where,
      expected: 'an answer or 503',
      found: answer.body ?? status,
    });
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  documentDeeds(accountId: string, documentId: string): DocumentDeed[] {
    return entry(
      entry(this.documents, accountId, () => new Map<string, DocumentDeed[]>()),
      documentId,
      () => [],
    );
  }

  filesOf(accountId: string): Map<string, FileEntry> {
    return entry(this.files, accountId, () => new Map<string, FileEntry>());
  }

  rightsOf(accountId: string): RightsDeed[] {
    return entry(this.rights, accountId, () => []);
  }

  saw(backupId: string, sighting: Sighting): void {
    entry(this.sightings, backupId, () => []).push(sighting);
  }

  /** Backups of an account that were completed when somebody looked last. */
  completedOf(accountId: string): readonly string[] {
    const own = new Set(this.requests.filter((each) => each.accountId === accountId).flatMap(backupIdsOf));
    return [...own].filter((backupId) => this.sightings.get(backupId)?.at(-1)?.status === 'completed');
  }

  mayHaveExpired(backupId: string): boolean {
    return this.expiries.some((deed) => deed.backupId === backupId);
  }

  tally(): { readonly calls: Readonly<Record<string, number>>; readonly slowestMs: number } {
    const calls = Object.fromEntries([...this.counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    return { calls, slowestMs: this.slowestMs };
  }
}

/** The backups that a request was answered with. */
export function backupIdsOf({ attempts }: RequestEntry): readonly string[] {
  return [...new Set(attempts.flatMap(({ backupId }) => backupId ?? []))];
}

function entry<K, V>(map: Map<K, V>, key: K, fresh: () => V): V {
  const found = map.get(key) ?? fresh();
  map.set(key, found);
  return found;
}
