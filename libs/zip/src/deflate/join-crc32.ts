// CRC-32 is the remainder of a polynomial division, so that of two contents one after another follows from theirs alone:
// the first is shifted by the second's length, which is a multiplication modulo the polynomial (as `crc32_combine` of
// zlib 1.2.12 does). Bits are reflected: the highest one is x⁰.

const POLYNOMIAL = 0xedb88320;
const ONE = 0x80000000;
/** The exponent of x by which a byte shifts is 8 = 2³. */
const FIRST_POWER = 3;

/** The CRC-32 of two contents one after another. `nextBytes` is the length of the second. */
export function joinCrc32(crc32: number, nextCrc32: number, nextBytes: number): number {
  return (product(shiftBy(nextBytes), crc32) ^ nextCrc32) >>> 0;
}

// x to the power of 8 × bytes, by squaring.
function shiftBy(bytes: number): number {
  let shift = ONE;
  for (let left = bytes, power = FIRST_POWER; left > 0; left = Math.floor(left / 2), power += 1) {
    if (left % 2 === 1) shift = product(squareAt(power), shift);
  }
  return shift;
}

const squares: number[] = [ONE >>> 1];

// x to the power of 2^power; these repeat after 32.
function squareAt(power: number): number {
  for (let last = squares.at(-1) ?? 0; squares.length < 32; last = squares.at(-1) ?? 0)
    squares.push(product(last, last));
  return squares[power % 32] ?? 0;
}

function product(one: number, other: number): number {
  let sum = 0;
  for (let bit = ONE, term = other; bit !== 0; bit >>>= 1) {
    if ((one & bit) !== 0) sum ^= term;
    term = (term & 1) === 1 ? (term >>> 1) ^ POLYNOMIAL : term >>> 1;
  }
  return sum >>> 0;
}
