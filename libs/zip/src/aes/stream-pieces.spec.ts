import fc from 'fast-check';
import { collect } from '../testing/archives.js';
import { PIECE_BYTES, streamPieces } from './stream-pieces.js';

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** Chunks that fill memory of their own. */
const ownMemory = (...lengths: readonly number[]) => lengths.map((length) => new Uint8Array(length).fill(length % 251));

describe('pieces of a stream', () => {
  it('are the same bytes in whole blocks with memory of their own, taken or not', async () => {
    const length = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(16, 65_536, 700_000, PIECE_BYTES));

    await fc.assert(
      fc.asyncProperty(fc.array(length, { maxLength: 8 }), fc.boolean(), async (lengths, mayTake) => {
        const chunks = ownMemory(...lengths);

        const pieces = await collect(streamPieces(streamOf(chunks), mayTake));

        expect(Buffer.concat(pieces).equals(Buffer.concat(chunks))).toBe(true);
        expect(pieces.slice(0, -1).filter((piece) => piece.length % 16 !== 0)).toEqual([]);
        expect(pieces.filter((piece) => piece.length === 0)).toEqual([]);
        expect(new Set(pieces.map((piece) => piece.buffer)).size).toBe(pieces.length);
      }),
      { numRuns: 200 },
    );
  });

  it('are the chunks themselves when they may be taken and are whole blocks', async () => {
    const chunks = ownMemory(32, 65_536);

    const pieces = await collect(streamPieces(streamOf(chunks), true));

    expect(pieces.map((piece, at) => piece.buffer === chunks[at]?.buffer)).toEqual([true, true]);
  });

  it.each([
    ['may not be taken', false, ownMemory(32)],
    ['share their memory', true, [new Uint8Array(64).subarray(0, 32)]],
    ['are no whole blocks', true, ownMemory(33)],
    ['lie in memory that threads share', true, [new Uint8Array(new SharedArrayBuffer(32))]],
  ])('are copies of chunks that %s', async (_, mayTake, chunks) => {
    const pieces = await collect(streamPieces(streamOf(chunks), mayTake));

    expect(Buffer.concat(pieces).equals(Buffer.concat(chunks))).toBe(true);
    expect(pieces.map((piece) => piece.buffer)).not.toContain(chunks[0]?.buffer);
  });
});
