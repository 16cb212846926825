// The part of WebAssembly's binary format (core specification 2.0, chapter 5) that this library needs.

import { endianness } from 'node:os';

// Node provides it, but @types/node does not declare it.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/**
 * The bytes of instructions, one per character (U+0000 to U+00FF). Joining strings copies nothing, so a module is made
 * in a few milliseconds; with arrays of numbers it took twenty.
 */
export type Code = string;

/** A function: the number of its i32 parameters, of the v128 locals after them, and its instructions. */
export interface WasmFunction {
  readonly parameters: number;
  readonly lanesLocals: number;
  readonly code: Code;
}

const bytes = (...values: readonly number[]): Code => String.fromCharCode(...values);

const TYPE = { i32: bytes(0x7f), v128: bytes(0x7b), function: bytes(0x60), none: bytes(0x40) } as const;
const SECTION = { type: 1, function: 3, memory: 5, export: 7, code: 10 } as const;
const MAGIC_AND_VERSION = `\0asm${bytes(1, 0, 0, 0)}`;
const END = bytes(0x0b);
const ALIGN_16_BYTES = bytes(4);

const lanes = (operation: number): Code => bytes(0xfd) + unsigned(operation);

/** Operations on four 32-bit or two 64-bit lanes; they take their operands from the stack. */
export const LANES = {
  and: lanes(0x4e),
  or: lanes(0x50),
  xor: lanes(0x51),
  add: lanes(0xae),
  add64: lanes(0xce),
} as const;

const splat = lanes(0x11);
const shiftLeft = lanes(0xab);
const shiftRight = lanes(0xad);

export const getLocal = (local: number): Code => bytes(0x20) + unsigned(local);
export const setLocal = (local: number): Code => bytes(0x21) + unsigned(local);
export const number = (value: number): Code => bytes(0x41) + signed(value);
export const callFunction = (index: number): Code => bytes(0x10) + unsigned(index);
export const loadLanes = (offset: number): Code => lanes(0x00) + ALIGN_16_BYTES + unsigned(offset);
export const storeLanes = (offset: number): Code => lanes(0x0b) + ALIGN_16_BYTES + unsigned(offset);
/** The same number in all four lanes. */
export const sameLanes = (value: number): Code => number(value) + splat;

/** A constant of 16 bytes. */
export const lanesOf = (values: readonly number[]): Code => lanes(0x0c) + bytes(...values);

/** Adds a number to an i32 local. */
export const increased = (local: number, by: number): Code =>
  getLocal(local) + number(by) + bytes(0x6a) + setLocal(local);

/** A local with each lane rotated to the left. */
export const rotated = (local: number, bits: number): Code => {
  const [left, right] = [number(bits) + shiftLeft, number(32 - bits) + shiftRight];
  return getLocal(local) + left + getLocal(local) + right + LANES.or;
};

/** Runs the instructions as often as the i32 local `times` says, at least once, and counts it down to 0. */
export const repeated = (times: number, instructions: Code): Code => {
  const countDown = getLocal(times) + number(1) + bytes(0x6b, 0x22) + unsigned(times);
  return bytes(0x03) + TYPE.none + instructions + countDown + bytes(0x0d, 0) + END;
};

/** A module with `pages` of 64 KiB of memory; exports the functions under their names, and `memory`. */
export function wasmModule(functions: ReadonlyMap<string, WasmFunction>, pages = 1): Uint8Array<ArrayBuffer> {
  const all = [...functions.values()];
  const names = [...functions.keys()].map((name, index) => text(name) + bytes(0) + unsigned(index));
  const sections = [
    section(SECTION.type, vector(all.map(signature))),
    section(SECTION.function, vector(all.map((_, index) => unsigned(index)))),
    section(SECTION.memory, vector([bytes(0) + unsigned(pages)])),
    section(SECTION.export, vector([text('memory') + bytes(2, 0), ...names])),
    section(SECTION.code, vector(all.map(body))),
  ];
  return Buffer.from(MAGIC_AND_VERSION + sections.join(''), 'latin1');
}

/** What an instance of the module exports. */
export function instanceOf(module: Uint8Array): unknown {
  // Typed arrays use the machine's byte order, WebAssembly's memory is little-endian.
  if (endianness() !== 'LE') throw new Error('the ZIP engine needs a little-endian machine');
  return new WebAssembly.Instance(new WebAssembly.Module(module)).exports;
}

function signature({ parameters }: WasmFunction): Code {
  return TYPE.function + vector(Array.from({ length: parameters }, () => TYPE.i32)) + vector([]);
}

function body({ lanesLocals, code }: WasmFunction): Code {
  return sized(vector([unsigned(lanesLocals) + TYPE.v128]) + code + END);
}

const sized = (code: Code): Code => unsigned(code.length) + code;
const section = (id: number, code: Code): Code => bytes(id) + sized(code);
const vector = (items: readonly Code[]): Code => unsigned(items.length) + items.join('');
const text = (value: string): Code => sized(Buffer.from(value).toString('latin1'));

// LEB128: seven bits a byte, the lowest first.
function unsigned(value: number): Code {
  return value < 0x80 ? bytes(value) : bytes((value & 0x7f) | 0x80) + unsigned(value >>> 7);
}

function signed(value: number): Code {
  const isLast = value >= -64 && value < 64;
  return isLast ? bytes(value & 0x7f) : bytes((value & 0x7f) | 0x80) + signed(value >> 7);
}
