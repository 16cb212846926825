import {
  callFunction,
  getLocal,
  LANES,
  loadLanes,
  number,
  repeated,
  rotated,
  sameLanes,
  setLocal,
  storeLanes,
  wasmModule,
  type Code,
  type WasmFunction,
} from '../wasm/wasm-code.js';

/** Bytes of one word in all four lanes. */
export const LANES_BYTES = 16;
/** Words of a SHA-1 state and of a SHA-1 block. */
export const STATE_WORDS = 5;
export const BLOCK_WORDS = 16;

/** Byte offsets in the module's memory. Each word takes `LANES_BYTES`. */
export const PLACE = { initial: 0, key: 128, inner: 512, outer: 640, message: 768, digest: 1024, sum: 1280 } as const;

/** Bits that HMAC has hashed once 20 bytes have followed its key's block. */
const HASHED_BITS = (64 + 20) * 8;
/** The bit that ends a message. */
const END_OF_MESSAGE = 0x8000_0000;

const ROUND_CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];
const ROUNDS = 80;

// Locals of the compression: three addresses, then the working variables of FIPS 180-4, 6.1.2.
const [STATE, BLOCK, RESULT, FIRST_VARIABLE] = [0, 1, 2, 3];
const FIRST_WORD = FIRST_VARIABLE + STATE_WORDS;
const CONSTANT = FIRST_WORD + BLOCK_WORDS;
const SCRATCH = CONSTANT + 1;
const LANES_LOCALS = SCRATCH + 1 - FIRST_VARIABLE;

type Variables = readonly [a: number, b: number, c: number, d: number, e: number];

/**
 * A WebAssembly module that hashes four messages at once, one in each lane of a 128-bit vector. `compress(state, block,
 * result)` is SHA-1's compression of any block; `compress20` is the same for a block whose last eleven words are known:
 * 20 bytes of message after an earlier block, then padding, as in all of PBKDF2. `repeat(times)` chains HMACs:
 * `message` becomes the HMAC of itself, and `sum` the XOR of all of them (RFC 8018, 5.2).
 */
export function sha1LanesModule(): Uint8Array<ArrayBuffer> {
  return wasmModule(
    new Map([
      ['compress', compression(new Map())],
      ['compress20', compression(paddingOf20Bytes())],
      ['repeat', chain(1)],
    ]),
  );
}

function paddingOf20Bytes(): ReadonlyMap<number, number> {
  const zeros = Array.from({ length: 9 }, (_, index) => [6 + index, 0] as const);
  return new Map([[5, END_OF_MESSAGE], ...zeros, [15, HASHED_BITS]]);
}

function compression(known: ReadonlyMap<number, number>): WasmFunction {
  const zeros = new Set([...known].filter(([, value]) => value === 0).map(([word]) => word));
  let code: Code = loadBlock(known) + loadState();
  let variables: Variables = [0, 1, 2, 3, 4].map((index) => FIRST_VARIABLE + index) as unknown as Variables;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % 20 === 0) code += sameLanes(ROUND_CONSTANTS[round / 20] ?? 0) + setLocal(CONSTANT);
    if (round >= BLOCK_WORDS) code += expandedWord(round, zeros);
    code += roundOf(round, variables, zeros.has(round % BLOCK_WORDS));
    const [a, b, c, d, e] = variables;
    variables = [e, a, b, c, d];
  }
  for (const [word, variable] of variables.entries()) {
    const sum = getLocal(STATE) + loadLanes(word * LANES_BYTES) + getLocal(variable) + LANES.add;
    code += getLocal(RESULT) + sum + storeLanes(word * LANES_BYTES);
  }
  return { parameters: 3, lanesLocals: LANES_LOCALS, code };
}

function loadBlock(known: ReadonlyMap<number, number>): Code {
  const words = Array.from({ length: BLOCK_WORDS }, (_, word) => {
    const value = known.get(word);
    const from = value === undefined ? getLocal(BLOCK) + loadLanes(word * LANES_BYTES) : sameLanes(value);
    return value === 0 ? '' : from + setLocal(FIRST_WORD + word);
  });
  return words.join('');
}

function loadState(): Code {
  const words = Array.from(
    { length: STATE_WORDS },
    (_, word) => getLocal(STATE) + loadLanes(word * LANES_BYTES) + setLocal(FIRST_VARIABLE + word),
  );
  return words.join('');
}

// w[t] = rotl1(w[t-3] ^ w[t-8] ^ w[t-14] ^ w[t-16]), in sixteen locals used in turn; words known to be 0 are left out.
function expandedWord(round: number, zeros: Set<number>): Code {
  const word = round % BLOCK_WORDS;
  const [first, ...others] = [round - 3, round - 8, round - 14, round - 16]
    .map((index) => index % BLOCK_WORDS)
    .filter((index) => !zeros.has(index));
  if (first === undefined) {
    zeros.add(word);
    return '';
  }
  zeros.delete(word);
  const mixed = others.map((index) => getLocal(FIRST_WORD + index) + LANES.xor);
  const sum = getLocal(FIRST_WORD + first) + mixed.join('') + setLocal(SCRATCH);
  return sum + rotated(SCRATCH, 1) + setLocal(FIRST_WORD + word);
}

function roundOf(round: number, variables: Variables, wordIsZero: boolean): Code {
  const [a, b, , , e] = variables;
  const word = wordIsZero ? '' : getLocal(FIRST_WORD + (round % BLOCK_WORDS)) + LANES.add;
  const constants = getLocal(e) + getLocal(CONSTANT) + LANES.add + word;
  const mixed = choice(round, variables) + LANES.add + rotated(a, 5) + LANES.add;
  return constants + mixed + setLocal(e) + rotated(b, 30) + setLocal(b);
}

// Ch for the first twenty rounds, then parity, Maj, parity.
function choice(round: number, [, b, c, d]: Variables): Code {
  const [ofB, ofC, ofD] = [getLocal(b), getLocal(c), getLocal(d)];
  const { and, or, xor } = LANES;
  if (round < 20) return ofC + ofD + xor + ofB + and + ofD + xor;
  if (round < 40 || round >= 60) return ofB + ofC + xor + ofD + xor;
  return ofB + ofC + and + ofB + ofC + or + ofD + and + or;
}

function chain(compress20: number): WasmFunction {
  const call = (state: number, block: number, result: number): Code =>
    number(state) + number(block) + number(result) + callFunction(compress20);
  const sums = Array.from({ length: STATE_WORDS }, (_, word) => {
    const [sum, message] = [PLACE.sum + word * LANES_BYTES, PLACE.message + word * LANES_BYTES];
    const mixed = number(0) + loadLanes(sum) + number(0) + loadLanes(message) + LANES.xor;
    return number(0) + mixed + storeLanes(sum);
  });
  const hmac = call(PLACE.inner, PLACE.message, PLACE.digest) + call(PLACE.outer, PLACE.digest, PLACE.message);
  return { parameters: 1, lanesLocals: 0, code: repeated(0, hmac + sums.join('')) };
}
