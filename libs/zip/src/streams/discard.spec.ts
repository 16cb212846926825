import { discard } from './discard.js';

describe('discarding memory', () => {
  it('frees it at once', () => {
    const bytes = new Uint8Array(1_000_000);
    const before = process.memoryUsage().arrayBuffers;

    discard(bytes);

    expect(bytes).toHaveLength(0);
    expect(before - process.memoryUsage().arrayBuffers).toBeGreaterThanOrEqual(1_000_000);
  });

  it('leaves the memory that small Buffers share', () => {
    const bytes = Buffer.from('a few');

    discard(bytes);

    expect(bytes.toString()).toBe('a few');
  });
});
