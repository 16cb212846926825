import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { meantBody } from './body-headers.js';

const coders = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  identity: Buffer.from,
};

const digest = (algorithm: string, bytes: Buffer) =>
  `${algorithm}=:${createHash(algorithm.replace('-', '')).update(bytes).digest('base64')}:`;

const chunksOf = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));

const taken = (headers: Record<string, string>, bytes: Buffer, size = 64) =>
  buffer(meantBody(headers, Readable.from(chunksOf(bytes, size), { objectMode: false })));

const sent = Buffer.from('a form that repeats itself, '.repeat(50));

describe('meantBody', () => {
  it('gives what was coded, in any order of codings, with digests of what is sent', async () => {
    const codings = fc.array(fc.constantFrom(...(Object.keys(coders) as (keyof typeof coders)[])), { maxLength: 3 });
    const bodies = fc.uint8Array({ maxLength: 2_000 });
    await fc.assert(
      fc.asyncProperty(bodies, codings, fc.integer({ min: 1, max: 500 }), async (body, names, size) => {
        const plain = Buffer.from(body);
        const coded = names.reduce<Buffer>((bytes, name) => coders[name](bytes), plain);
        const headers = {
          ...(names.length > 0 && { 'content-encoding': names.join(', ') }),
          'content-digest': `${digest('sha-256', coded)}, unixsum=:AAAA:`,
          'repr-digest': digest('sha-512', coded),
        };
        expect(await taken(headers, coded, size)).toEqual(plain);
      }),
    );
  });

  it.each([
    ['content-digest', 'sha-256'],
    ['repr-digest', 'sha-512'],
  ])('fails when the body is not the one of %s', async (header, algorithm) => {
    const wrong = { [header]: digest(algorithm, Buffer.from('another')) };
    await expect(taken(wrong, sent)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await expect(taken(wrong, Buffer.alloc(0))).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it.each<Record<string, string>>([
    { 'content-digest': 'sha-256=abc' },
    { 'content-digest': 'sha-256=:not base64:' },
    { 'repr-digest': 'sha-512=12' },
    { 'repr-digest': '???' },
    { 'content-range': 'bytes 0-9/20' },
  ])('refuses %j', (headers) => {
    expect(() => meantBody(headers, Readable.from([]))).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });

  it.each<Record<string, string>>([
    { 'content-encoding': 'zstd' },
    { 'content-encoding': 'gzip, compress' },
    { 'content-encoding': 'gzip, gzip, gzip, gzip' },
    { 'content-type': 'multipart/form-data; boundary=x' },
  ])('does not take %j', (headers) => {
    expect(() => meantBody(headers, Readable.from([]))).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }),
    );
  });

  it.each<[string, Record<string, string>, Buffer]>([
    ['coded otherwise', { 'content-encoding': 'gzip' }, sent],
    ['of another digest', { 'content-digest': digest('sha-256', Buffer.from('another')) }, sent],
  ])('keeps the fault of a body %s for whoever reads late', async (_what, headers, bytes) => {
    const body = meantBody(headers, Readable.from([bytes], { objectMode: false }));
    await new Promise((resolve) => body.once('close', resolve));
    await expect(buffer(body)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it.each([
    ['that is not in its coding', sent],
    ['that breaks off', gzipSync(sent).subarray(0, 20)],
  ])('fails for a body %s', async (_what, bytes) => {
    await expect(taken({ 'content-encoding': 'gzip' }, bytes)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
