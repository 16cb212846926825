import { EMPTY_CHAIN, hashOf, type ChainHead, type Link } from './link.js';

export interface ChainFault {
  readonly sequence: number;
  readonly message: string;
}

/** Follows a chain link by link, by sequence, and says where it first breaks. */
export class ChainCheck {
  private last: ChainHead = EMPTY_CHAIN;
  private count = 0;

  /** How many links were sound. */
  get links(): number {
    return this.count;
  }

  /** The fault of the next link, or null. */
  take(link: Link): ChainFault | null {
    const expected = this.last.sequence + 1;
    const { sequence } = link;
    if (sequence !== expected)
      return { sequence: expected, message: `the record is missing; record ${sequence} follows` };
    if (hashOf(link) !== link.hash) return { sequence, message: 'the record was changed after it was written' };
    if (link.previousHash !== this.last.hash) {
      return { sequence, message: 'the record does not follow the one before it, which was replaced' };
    }
    this.last = { sequence, hash: link.hash };
    this.count += 1;
    return null;
  }

  /** The fault at the end, or null: the last link must be the head, which is stored apart. */
  end(head: ChainHead): ChainFault | null {
    const { sequence, hash } = this.last;
    if (sequence < head.sequence) {
      return { sequence: sequence + 1, message: `the chain ends before record ${head.sequence}, its last one` };
    }
    if (sequence > head.sequence) {
      return { sequence: head.sequence + 1, message: `the chain goes on after record ${head.sequence}, its last one` };
    }
    return hash === head.hash ? null : { sequence, message: 'the last record is another one than was written' };
  }
}
