// PNG (ISO/IEC 15948): 8-bit truecolour, one image row after another.
import { Readable } from 'node:stream';
import { crc32, createDeflate, deflateSync } from 'node:zlib';
import { KIB } from '@account-backups/contracts';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const TRUECOLOUR = 2;

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel: red, green, blue. */
  readonly row: (y: number) => Uint8Array;
}

/** A whole PNG; for pictures of up to a few megabytes. */
export function renderPng(picture: Picture): Buffer {
  const data = deflateSync(Buffer.concat([...scanlines(picture)]), { level: 1 });
  return Buffer.concat([head(picture), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** The same, a piece at a time: one image row and one compressed piece are in memory. */
export async function* streamPng(picture: Picture): AsyncGenerator<Buffer> {
  yield head(picture);
  const compressed = Readable.from(scanlines(picture)).pipe(createDeflate({ level: 1, chunkSize: 256 * KIB }));
  for await (const data of compressed) yield chunk('IDAT', data as Buffer);
  yield chunk('IEND', Buffer.alloc(0));
}

function* scanlines({ height, row }: Picture): Generator<Buffer> {
  // each row begins with its filter type, 0: none
  for (let y = 0; y < height; y += 1) yield Buffer.concat([Buffer.alloc(1), row(y)]);
}

function head({ width, height }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  header.writeUInt8(TRUECOLOUR, 9);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header)]);
}

function chunk(type: string, data: Buffer): Buffer {
  const framed = Buffer.alloc(data.length + 12);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, 'latin1');
  data.copy(framed, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, 8 + data.length)), 8 + data.length);
  return framed;
}
