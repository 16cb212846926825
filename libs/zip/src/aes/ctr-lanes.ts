import { KIB } from '../format/sizes.js';
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
} from '../wasm/wasm-code.js';

/** Bytes of one AES block. */
export const BLOCK_BYTES = 16;
/** Bytes that one step encrypts: enough for OpenSSL to run at full speed, few enough to stay in a core's cache. */
export const CTR_STEP_BYTES = 64 * KIB;
/** Bytes that one loop turn of either function works on; `CTR_STEP_BYTES` is a multiple of it. */
export const TURN_BYTES = 8 * BLOCK_BYTES;

/** Byte offsets in the module's memory: the next counter, then a page of 64 KiB for each of the others. */
export const PLACE = { next: 0, counters: 64 * KIB, keystream: 128 * KIB, content: 192 * KIB } as const;
const PAGES = 4;

const [TURNS, ADDRESS, COUNTER] = [0, 1, 2];
const ONE = [1, ...Array.from({ length: 15 }, () => 0)];

/**
 * A WebAssembly module for everything in counter mode but the cipher, 16 bytes per instruction. `count(turns, 0)` fills
 * `counters` with little-endian counter blocks, starting at `next`; `combine(turns, 0)` XORs `keystream` into
 * `content`.
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
