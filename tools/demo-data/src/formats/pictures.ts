import { SeededRandom } from '../seeded-random.js';
import type { Picture } from './png.js';

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** A stained field under the microscope: pale ground with grain, cells with dark nuclei. */
export function micrograph(seed: string, width: number, height: number): Picture {
  const random = new SeededRandom(seed);
  const cells = Array.from({ length: Math.ceil((width * height) / 12_000) }, () => ({
    x: random.whole(0, width),
    y: random.whole(0, height),
    radius: random.whole(14, 34),
  }));
  const row = (y: number): Uint8Array => {
    const pixels = ground(new SeededRandom(`${seed}/${y}`), width);
    for (const cell of cells) if (Math.abs(cell.y - y) < cell.radius) paintCell(pixels, cell, y);
    return pixels;
  };
  return { width, height, row };
}

function ground(grain: SeededRandom, width: number): Uint8Array {
  const pixels = new Uint8Array(width * 3);
  for (let index = 0; index < pixels.length; index += 6) {
    // one draw gives the grain of two pixels
    const draw = grain.uint32();
    pixels[index] = 228 + (draw & 15);
    pixels[index + 1] = 205 + ((draw >>> 4) & 15);
    pixels[index + 2] = 222 + ((draw >>> 8) & 15);
    pixels[index + 3] = 228 + ((draw >>> 12) & 15);
    pixels[index + 4] = 205 + ((draw >>> 16) & 15);
    pixels[index + 5] = 222 + ((draw >>> 20) & 15);
  }
  return pixels;
}

function paintCell(pixels: Uint8Array, { x, y, radius }: Cell, rowY: number): void {
  const half = Math.floor(Math.sqrt(radius ** 2 - (rowY - y) ** 2));
  const nucleus = (radius * 0.5) ** 2 - (rowY - y) ** 2;
  const halfNucleus = nucleus > 0 ? Math.floor(Math.sqrt(nucleus)) : -1;
  for (let column = Math.max(0, x - half); column <= Math.min(pixels.length / 3 - 1, x + half); column += 1) {
    const shade = Math.abs(column - x) <= halfNucleus ? 120 : 45;
    for (let channel = 0; channel < 3; channel += 1) {
      const at = column * 3 + channel;
      pixels[at] = Math.max(0, (pixels[at] ?? 0) - (channel === 1 ? shade : shade / 2));
    }
  }
}

/** A control chart: limits as lines, a reading for each day as a dot. */
export function controlChart(seed: string, width = 960, height = 420): Picture {
  const random = new SeededRandom(seed);
  const middle = height / 2;
  const sigma = height / 8;
  const dots = Array.from({ length: 31 }, (_, day) => ({
    x: 30 + day * 29,
    y: Math.round(random.reading(middle, sigma)),
  }));
  const row = (y: number): Uint8Array => {
    const pixels = new Uint8Array(width * 3).fill(255);
    const distance = Math.abs(y - middle);
    if (distance === 0) fillRun(pixels, [20, width - 20], [40, 110, 60]);
    if (distance === 2 * sigma || distance === 3 * sigma) fillRun(pixels, [20, width - 20], [190, 40, 40]);
    for (const dot of dots.filter((candidate) => Math.abs(candidate.y - y) < 4)) {
      fillRun(pixels, [dot.x - 3, dot.x + 4], [20, 40, 120]);
    }
    return pixels;
  };
  return { width, height, row };
}

type Colour = readonly [number, number, number];

function fillRun(pixels: Uint8Array, [from, to]: readonly [number, number], colour: Colour): void {
  for (let column = from; column < to; column += 1) pixels.set(colour, column * 3);
}
