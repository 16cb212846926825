import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fc from 'fast-check';
import { MIB } from '@account-backups/contracts';
import { decodeBody, encodeBody } from './body.js';

describe('a body', () => {
  it('comes back as it was, whatever JSON it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const { content, contentEncoding } = await encodeBody(value);
        expect(await decodeBody(content, contentEncoding)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is plain up to 64 KiB and compressed above', async () => {
    const largestPlain = await encodeBody('a'.repeat(65_534));
    const smallestCompressed = await encodeBody('a'.repeat(65_535));
    expect(largestPlain.contentEncoding).toBeUndefined();
    expect(smallestCompressed.contentEncoding).toBe('gzip');
    expect(await decodeBody(smallestCompressed.content, 'gzip')).toBe('a'.repeat(65_535));
  });

  it('is null where nothing was given', async () => {
    expect((await encodeBody(undefined)).content.toString()).toBe('null');
  });

  it('that cannot be written as JSON is not sent', async () => {
    await expect(encodeBody({ count: 1n })).rejects.toMatchObject({ code: 'MESSAGE_INVALID' });
  });

  it('of more bytes than a broker takes is not sent', async () => {
    const text = randomBytes(16 * MIB).toString('base64');
    await expect(encodeBody(text)).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      message: expect.stringMatching(/^the body has \d+ bytes, expected at most 16777216$/),
    });
  });

  it('that expands beyond the bound is refused and not expanded', async () => {
    const bomb = await promisify(gzip)(Buffer.alloc(129 * MIB, ' '), { level: 1 });
    await expect(decodeBody(bomb, 'gzip')).rejects.toMatchObject({
      code: 'MESSAGE_INVALID',
      cause: expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }),
    });
  });

  it.each([
    ['no JSON', Buffer.from('{'), undefined],
    ['nothing', Buffer.alloc(0), undefined],
    ['no gzip', Buffer.from('{}'), 'gzip'],
  ])('of %s is refused', async (_what, content, contentEncoding) => {
    await expect(decodeBody(content, contentEncoding)).rejects.toMatchObject({ code: 'MESSAGE_INVALID' });
  });
});
