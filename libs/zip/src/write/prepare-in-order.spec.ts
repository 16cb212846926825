import { sourceOfBytes } from './bytes-source.js';
import { prepareInOrder } from './prepare-in-order.js';
import { collect, modifiedAt } from '../testing/archives.js';

const good = (name: string) => sourceOfBytes(name, Buffer.from(name), modifiedAt);

describe('preparing many entries', () => {
  it('yields every outcome in order and continues after a bad source', async () => {
    const sources = [good('a'), { ...good('b'), crc32: 0 }, good('c')];

    const outcomes = await collect(prepareInOrder(sources));

    expect(outcomes.map(({ source, error }) => [source.name, error?.code])).toEqual([
      ['a', undefined],
      ['b', 'SOURCE_CRC_MISMATCH'],
      ['c', undefined],
    ]);
  });

  it('throws when the password is unusable, because no source is at fault', async () => {
    await expect(collect(prepareInOrder([good('a')], { password: '' }))).rejects.toMatchObject({
      code: 'INVALID_PASSWORD',
    });
  });
});
