// A CRC-32 is the remainder of a polynomial division, so the CRC of two contents in a row follows from the two CRCs:
// the first is shifted by the length of the second, a multiplication modulo the polynomial (as in `crc32_combine` of
// zlib
// 1.2.12). Bits are reflected: the highest one is x⁰.

const POLYNOMIAL = 0xedb88320;
const ONE = 0x80000000;
/** A byte shifts by x⁸, and 8 = 2³. */
const FIRST_POWER = 3;

/** The CRC-32 of two contents in a row; `nextBytes` is the length of the second. */
export function joinCrc32(crc32: number, nextCrc32: number, nextBytes: number): number {
  return (product(shiftBy(nextBytes), crc32) ^ nextCrc32) >>> 0;
}

// x^(8 × bytes), by repeated squaring.
function shiftBy(bytes: number): number {
  let shift = ONE;
  for (let left = bytes, power = FIRST_POWER; left > 0; left = Math.floor(left / 2), power += 1) {
    if (left % 2 === 1) shift = product(squareAt(power), shift);
  }
  return shift;
}

const squares: number[] = [ONE >>> 1];

// x^(2^power), which repeats after 32 powers.
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
