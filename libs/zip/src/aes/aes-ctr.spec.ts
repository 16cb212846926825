import { createCipheriv, createDecipheriv } from 'node:crypto';
import { CTR_STEP_BYTES, LittleEndianCtr } from './aes-ctr.js';

const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index));

describe('AES-256 with a little-endian counter', () => {
  it('combines each block with the encrypted counter, counting from 1 over several steps', () => {
    const ctr = new LittleEndianCtr(key);
    const zeros = Buffer.alloc(CTR_STEP_BYTES);

    const keystream = Buffer.concat([ctr.xor(zeros), ctr.xor(zeros), ctr.xor(zeros)]);

    const blocks = keystream.length / 16;
    expect(countersIn(keystream)).toEqual(Array.from({ length: blocks }, (_, index) => BigInt(index + 1)));
  });

  it('carries into the upper half of the counter at 64 GiB', () => {
    const ctr = new LittleEndianCtr(key, 2 ** 32 - 2);

    const keystream = ctr.xor(Buffer.alloc(64));

    expect(countersIn(keystream)).toEqual([2n ** 32n - 2n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 32n + 1n]);
  });

  it('keeps the upper half in the steps after it', () => {
    const ctr = new LittleEndianCtr(key, 2 ** 33 - 2);

    const keystream = Buffer.concat([ctr.xor(Buffer.alloc(CTR_STEP_BYTES)), ctr.xor(Buffer.alloc(32))]);

    const counters = countersIn(keystream);
    expect(counters).toEqual(Array.from(counters, (_, index) => 2n ** 33n - 2n + BigInt(index)));
  });

  it('agrees with plain CTR for the first block, whatever length and alignment', () => {
    const memory = Buffer.from('0123456789abcdef0123456789abcdef');
    const input = memory.subarray(3, 16);
    const firstCounter = Buffer.alloc(16);
    firstCounter[0] = 1;

    const output = new LittleEndianCtr(key).xor(input);

    expect(output).toEqual(createCipheriv('aes-256-ctr', key, firstCounter).update(input));
  });

  it('does the same in place', () => {
    const [copied, inPlace] = [new LittleEndianCtr(key), new LittleEndianCtr(key)];
    const steps = [CTR_STEP_BYTES, 4_096, 21].map((length) => new Uint8Array(length).fill(length % 251));

    const expected = steps.map((step) => copied.xor(step));
    for (const step of steps) inPlace.xorInPlace(step);

    expect(steps.map((step) => Buffer.from(step))).toEqual(expected);
  });

  it('leaves its input unchanged', () => {
    const input = Buffer.alloc(100, 7);

    new LittleEndianCtr(key).xor(input);

    expect(input).toEqual(Buffer.alloc(100, 7));
  });
});

function countersIn(keystream: Buffer): bigint[] {
  const counters = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(keystream);
  return Array.from({ length: keystream.length / 16 }, (_, index) => counters.readBigUInt64LE(index * 16));
}
