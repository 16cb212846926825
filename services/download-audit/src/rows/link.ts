import { createHash } from 'node:crypto';
import type { TrailRecord } from '@account-backups/contracts';

/**
 * `range_lost`: its sender fell silent; an end that is told later still counts. `tallied`: what a download's ranges
 * took of which no links of their own are kept. `recorded`: of no download, its payload says everything.
 */
export type LinkKind = 'started' | 'range_begun' | 'range_ended' | 'range_lost' | 'tallied' | 'recorded';

export interface StartedPayload {
  readonly userId: string;
  readonly userName: string;
  readonly ipAddress: string;
  readonly userAgent: string;
  readonly ofBytes: number;
  readonly expiresAt: string;
}

export interface RangeBegunPayload {
  readonly from: number;
  readonly to: number;
  readonly ipAddress: string;
  readonly userAgent: string;
}

export interface RangeEndedPayload {
  readonly bytesSent: number;
}

export interface TalliedPayload {
  /** How many ranges without links have ended. */
  readonly ranges: number;
  /** Distinct bytes that were sent of the download, over all its ranges. */
  readonly bytesSent: number;
}

/** What another service told: a record without its chain and time, which are the link's. */
export type RecordedPayload = Omit<TrailRecord, 'chainId' | 'at'>;

/** One thing that happened, before it has its place in the chain. */
export interface LinkContent {
  readonly accountId: string;
  readonly at: Date;
  readonly kind: LinkKind;
  /** These are null where a link is of no download. */
  readonly backupId: string | null;
  readonly downloadId: string | null;
  /** The range; null where a link is of none. */
  readonly transferId: string | null;
  readonly payload: object;
}

/** One thing that happened, in its place. */
export interface Link extends LinkContent {
  /** From 1, without a gap. */
  readonly sequence: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** A link of a download. */
export interface DownloadLink extends Link {
  readonly backupId: string;
  readonly downloadId: string;
}

export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

/** The head of a chain that has no link yet. */
export const EMPTY_CHAIN: ChainHead = { sequence: 0, hash: '0'.repeat(64) };

/** The link that follows `head`. */
export function linkAfter(head: ChainHead, content: LinkContent): Link {
  const place = { ...content, sequence: head.sequence + 1, previousHash: head.hash };
  return { ...place, hash: hashOf(place) };
}

/** SHA-256 in hex of everything a link says and the hash before it, as canonical JSON. */
export function hashOf(link: Omit<Link, 'hash'>): string {
  const { accountId, sequence, at, kind, backupId, downloadId, transferId, payload, previousHash } = link;
  const said = {
    accountId,
    sequence,
    at: at.toISOString(),
    kind,
    backupId,
    downloadId,
    transferId,
    payload,
    previousHash,
  };
  return createHash('sha256').update(canonicalJson(said)).digest('hex');
}

/** JSON without spaces, the names of each object sorted, whatever order they came in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
