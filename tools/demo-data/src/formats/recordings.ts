// Large text files as instruments write them, a piece at a time.
import { SeededRandom } from '../seeded-random.js';

const LINES_A_PIECE = 2_000;
const BASES = 151;

/** Readings of a mass spectrometer, one line each: a CSV of about 52 bytes a line. */
export async function* spectrometerCsv(seed: string, lines: number): AsyncGenerator<Buffer> {
  const random = new SeededRandom(seed);
  yield Buffer.from('scan,retention_min,precursor_mz,product_mz,intensity,noise\r\n');
  const line = (scan: number) => {
    const fixed = (whole: number, digits: number) =>
      `${whole}.${String(random.uint32() % 10 ** digits).padStart(digits, '0')}`;
    const intensity = random.uint32() >>> 8;
    return `${scan},${(scan / 4_000).toFixed(4)},${fixed(821, 4)},${fixed(768, 4)},${intensity},${fixed(random.whole(80, 140), 1)}\r\n`;
  };
  yield* inPieces(lines, line);
}

/** Sequencing reads in FASTQ: four lines a read, 151 bases. */
export async function* sequencerFastq(seed: string, reads: number): AsyncGenerator<Buffer> {
  const random = new SeededRandom(seed);
  const letters = (table: readonly string[]) => {
    let text = '';
    while (text.length < BASES) {
      const draw = random.uint32();
      text += `${table[draw & 255]}${table[(draw >>> 8) & 255]}${table[(draw >>> 16) & 255]}`;
    }
    return text.slice(0, BASES);
  };
  const [bases, qualities] = [fourLetters('ACGT'), fourLetters('FFF:')];
  yield* inPieces(reads, (read) => `@SQ1:417:HX7:1:${read} 1:N:0:1\n${letters(bases)}\n+\n${letters(qualities)}\n`);
}

/** Temperatures of a store room, each minute. */
export async function* temperatureLog(seed: string, lines: number): AsyncGenerator<Buffer> {
  const random = new SeededRandom(seed);
  const start = Date.parse('2025-01-01T00:00:00Z');
  yield Buffer.from('time;probe;celsius;door\r\n');
  yield* inPieces(lines, (minute) => {
    const time = new Date(start + minute * 60_000).toISOString().slice(0, 16);
    const celsius = (3.2 + (random.uint32() % 24) / 10).toFixed(1);
    return `${time}Z;BR-${(minute % 3) + 1};${celsius};${random.chance(0.01) ? 'open' : 'closed'}\r\n`;
  });
}

function* inPieces(lines: number, line: (number: number) => string): Generator<Buffer> {
  for (let from = 1; from <= lines; from += LINES_A_PIECE) {
    let text = '';
    for (let number = from; number < Math.min(from + LINES_A_PIECE, lines + 1); number += 1) text += line(number);
    yield Buffer.from(text);
  }
}

/** All 256 words of four letters of an alphabet of four. */
function fourLetters(alphabet: string): readonly string[] {
  return Array.from({ length: 256 }, (_, word) => [6, 4, 2, 0].map((shift) => alphabet[(word >>> shift) & 3]).join(''));
}
