import type { ChainHead } from '../rows/link.js';

/** What a checkpoint states: a chain had this head. */
export interface Checkpoint extends ChainHead {
  /** Whose chain, and of which system. */
  readonly origin: string;
}

/** Longer than any checkpoint is. */
export const MAX_CHECKPOINT_BYTES = 4_096;

/** The three lines of a checkpoint: origin, size (the last sequence) and root hash. */
export function checkpointText({ origin, sequence, hash }: Checkpoint): string {
  return `${origin}\n${sequence}\n${Buffer.from(hash, 'hex').toString('base64')}\n`;
}

/** What such lines state; null for other ones. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [, origin, digits, base64] = /^(.+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text) ?? [];
  if (origin === undefined || digits === undefined || base64 === undefined) return null;
  return { origin, sequence: Number(digits), hash: Buffer.from(base64, 'base64').toString('hex') };
}
