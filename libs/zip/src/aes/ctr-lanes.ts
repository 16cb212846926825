import {
  getLocal,
  increased,
  LANES,
  lanesOf,
  loadLanes,
  repeated,
  setLocal,
  storeLanes,
  wasmModule,
  type Code,
  type WasmFunction,
} from '../wasm-code.js';

/** Bytes of one block of AES. */
export const BLOCK_BYTES = 16;
/** Bytes that one step enciphers: large enough for OpenSSL to run at speed, small enough to stay in a core's cache. */
export const CTR_STEP_BYTES = 64 * 1024;
/** Bytes that one turn of either function works on; a step has a whole number of them. */
export const TURN_BYTES = 8 * BLOCK_BYTES;

/** Where in the module's memory what lies, in bytes: the next counter, and a page for each of the others. */
export const PLACE = { next: 0, counters: 65_536, keystream: 2 * 65_536, content: 3 * 65_536 } as const;
const PAGES = 4;

const [TURNS, ADDRESS, COUNTER] = [0, 1, 2];
const ONE = [1, ...Array.from({ length: 15 }, () => 0)];

/**
 * A WebAssembly module for the parts of a counter mode that are not the cipher, 16 bytes an instruction.
 * `count(turns, 0)` fills `counters` with little-endian counter blocks from `next` on; `combine(turns, 0)` combines
 * `content` with `keystream` in place.
 */
export function ctrLanesModule(): Uint8Array<ArrayBuffer> {
  return wasmModule(
    new Map([
      ['count', counting()],
      ['combine', combination()],
    ]),
    PAGES,
  );
}

function counting(): WasmFunction {
  const next = getLocal(COUNTER) + lanesOf(ONE) + LANES.add64 + setLocal(COUNTER);
  const turn = blocksOfTurn((at) => getLocal(ADDRESS) + getLocal(COUNTER) + storeLanes(PLACE.counters + at) + next);
  const first = getLocal(ADDRESS) + loadLanes(PLACE.next) + setLocal(COUNTER);
  return { parameters: 2, lanesLocals: 1, code: first + eachTurn(turn) };
}

function combination(): WasmFunction {
  const turn = blocksOfTurn((at) => {
    const content = getLocal(ADDRESS) + loadLanes(PLACE.content + at);
    const keystream = getLocal(ADDRESS) + loadLanes(PLACE.keystream + at);
    return getLocal(ADDRESS) + content + keystream + LANES.xor + storeLanes(PLACE.content + at);
  });
  return { parameters: 2, lanesLocals: 0, code: eachTurn(turn) };
}

function blocksOfTurn(ofBlock: (at: number) => Code): Code {
  return Array.from({ length: TURN_BYTES / BLOCK_BYTES }, (_, block) => ofBlock(block * BLOCK_BYTES)).join('');
}

const eachTurn = (turn: Code): Code => repeated(TURNS, turn + increased(ADDRESS, TURN_BYTES));
