import { crc32, inflateSync } from 'node:zlib';
import { renderPng, streamPng, type Picture } from './png.js';

const picture: Picture = { width: 2, height: 3, row: (y) => Uint8Array.from([y, 0, 0, 0, y, 255]) };

/** Type, data and checksum of each chunk. */
function chunksOf(png: Buffer): readonly { type: string; data: Buffer; intact: boolean }[] {
  const chunks = [];
  for (let at = 8; at < png.length;) {
    const end = at + 8 + png.readUInt32BE(at);
    const intact = png.readUInt32BE(end) === crc32(png.subarray(at + 4, end));
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end), intact });
    at = end + 4;
  }
  return chunks;
}

describe('PNG', () => {
  it('has its header, image data and end, each with its checksum', () => {
    const chunks = chunksOf(renderPng(picture));
    expect(chunks.map(({ type, intact }) => [type, intact])).toEqual([
      ['IHDR', true],
      ['IDAT', true],
      ['IEND', true],
    ]);
  });

  it('holds the rows as they were drawn', () => {
    const data = chunksOf(renderPng(picture))[1]?.data ?? Buffer.alloc(0);
    const rows = [0, 1, 2].map((y) => [0, y, 0, 0, 0, y, 255]);
    expect([...inflateSync(data)]).toEqual(rows.flat());
  });

  it('is the same picture when it is streamed', async () => {
    const pieces: Buffer[] = [];
    for await (const piece of streamPng(picture)) pieces.push(piece);
    const data = chunksOf(Buffer.concat(pieces)).filter(({ type }) => type === 'IDAT');
    const whole = chunksOf(renderPng(picture))[1]?.data ?? Buffer.alloc(0);
    expect(inflateSync(Buffer.concat(data.map((chunk) => chunk.data)))).toEqual(inflateSync(whole));
  });
});
