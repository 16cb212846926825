import type { AuditKeys, Mac, MacedHead } from './audit-keys.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import { EMPTY_CHAIN, hashOf, type ChainHead, type Link } from '../rows/link.js';

export interface ChainFault {
  /** The first record that is not as it was written, or the first that is missing. */
  readonly sequence: number;
  readonly message: string;
}

/** A link as it lies in the database. */
export interface KeptLink extends Link, Mac {
  /** Of `at`, beyond its milliseconds: links are written without. */
  readonly microseconds: number;
  /** Numbers may be spelt otherwise and mean the same. */
  readonly payloadText: string;
}

export type KeptHead = MacedHead & Mac;

interface CheckOptions {
  readonly keys: Pick<AuditKeys, 'isMacOfLink' | 'isOwnHead'>;
  /** What the chain must have been at some time. */
  readonly checkpoints: readonly Checkpoint[];
}

/** Follows a chain link by link, by sequence, and says where it first breaks. */
export class ChainCheck {
  private last: ChainHead = EMPTY_CHAIN;
  private count = 0;
  /** Those that no link has met yet, by size. */
  private ahead: readonly Checkpoint[];
  private met = 0;

  constructor(private readonly options: CheckOptions) {
    this.ahead = options.checkpoints.toSorted((a, b) => a.sequence - b.sequence);
  }

  /** How many links were sound. */
  get links(): number {
    return this.count;
  }

  /** The fault before the first link, or null. */
  begin(): ChainFault | null {
    return this.meet(EMPTY_CHAIN);
  }

  /** The fault of the next link, or null. */
  take(link: KeptLink): ChainFault | null {
    const expected = this.last.sequence + 1;
    const { sequence, hash } = link;
    if (sequence !== expected)
      return { sequence: expected, message: `the record is missing; record ${sequence} follows` };
    if (!isAsHashed(link)) return { sequence, message: 'the record was changed after it was written' };
    if (link.previousHash !== this.last.hash) {
      return { sequence, message: 'the record does not follow the one before it, which was replaced' };
    }
    if (!this.options.keys.isMacOfLink(link, link)) {
      return { sequence, message: 'the record was not written by the audit: its code is under no key of the audit' };
    }
    const fault = this.meet({ sequence, hash });
    if (fault) return fault;
    this.last = { sequence, hash };
    this.count += 1;
    return null;
  }

  /** The fault at the end, or null: the last link must be the head, which is stored apart, and nothing was beyond. */
  end(head: KeptHead): ChainFault | null {
    return this.headFault(head) ?? this.missing() ?? this.keyFault(head);
  }

  private headFault(head: ChainHead): ChainFault | null {
    const { sequence, hash } = this.last;
    if (sequence < head.sequence) {
      return { sequence: sequence + 1, message: `the chain ends before record ${head.sequence}, its last one` };
    }
    if (sequence > head.sequence) {
      return { sequence: head.sequence + 1, message: `the chain goes on after record ${head.sequence}, its last one` };
    }
    return hash === head.hash ? null : { sequence, message: 'the last record is another one than was written' };
  }

  private missing(): ChainFault | null {
    const [next] = this.ahead;
    if (!next) return null;
    const sequence = this.last.sequence + 1;
    return { sequence, message: `the record is missing: a checkpoint says that there were ${next.sequence}` };
  }

  private keyFault(head: KeptHead): ChainFault | null {
    const { sequence, brokenAt } = head;
    if (!this.options.keys.isOwnHead(head)) {
      const message = 'the head of the chain was not written by the audit: records at its end are missing';
      return { sequence: sequence + 1, message };
    }
    if (brokenAt === null) return null;
    return { sequence: brokenAt, message: 'before this record was written, others had been cut off or replaced' };
  }

  /** Compares with the checkpoints of this size. */
  private meet({ sequence, hash }: ChainHead): ChainFault | null {
    const here = this.ahead.filter((checkpoint) => checkpoint.sequence === sequence);
    if (here.length === 0) return null;
    this.ahead = this.ahead.slice(here.length);
    if (here.some((checkpoint) => checkpoint.hash !== hash)) {
      const message = `the records up to ${sequence} are others than the checkpoint of ${sequence} says`;
      return { sequence: this.met + 1, message };
    }
    this.met = sequence;
    return null;
  }
}

function isAsHashed(link: KeptLink): boolean {
  const { at, microseconds, payloadText, hash } = link;
  const isTime = at instanceof Date && !Number.isNaN(at.getTime());
  return isTime && microseconds === 0 && hasUsualNumbers(payloadText) && hashOf(link) === hash;
}

/** Whether each number is spelt as it was written: 100, not 100.0. */
function hasUsualNumbers(json: string): boolean {
  const withoutTexts = json.replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
  return (withoutTexts.match(/-?\d[\d.eE+-]*/g) ?? []).every((spelt) => String(Number(spelt)) === spelt);
}
