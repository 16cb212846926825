// What every adapter of the object store promises, run against each of them.
import { randomBytes } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { KIB, MIB } from '@account-backups/contracts';
import { randomKeyPart, type ObjectStore } from '@account-backups/object-store';
import { eventually } from '../../support/eventually.js';

/** Of somebody who goes on after the read, as one who reads many objects. */
const NEVER = new AbortController().signal;

export function describeObjects(name: string, open: () => Promise<ObjectStore>): void {
  describe(`objects on ${name}`, () => {
    let store: ObjectStore;
    let place: string;

    beforeAll(async () => {
      store = await open();
    });
    beforeEach(() => {
      place = `t/${randomKeyPart()}`;
    });
    afterAll(() => store.close());

    const keysUnder = async (prefix: string): Promise<string[]> => {
      const keys: string[] = [];
      for await (const key of store.list(prefix)) keys.push(key);
      return keys;
    };

    it('gives back what was put, with size and an etag that changes with the content', async () => {
      const first = await store.put(`${place}/a`, Buffer.from('one'), { contentType: 'text/plain' });
      const second = await store.put(`${place}/a`, Buffer.from('three'));
      expect(await buffer(await store.get(`${place}/a`))).toEqual(Buffer.from('three'));
      const found = await store.stat(`${place}/a`);
      expect(found).toMatchObject(second);
      expect([first.sizeBytes, second.sizeBytes, first.etag === second.etag]).toEqual([3, 5, false]);
    });

    it('puts what is new once, whoever comes first, and leaves what is there', async () => {
      const put = (text: string) => store.putNew(`${place}/new`, Buffer.from(text), 'text/plain');
      const taken = await Promise.all(['a', 'b', 'c', 'd'].map(put));
      expect(taken.filter(Boolean)).toHaveLength(1);
      const first = await store.getStart(`${place}/new`, KIB);
      expect(first.toString()).toBe('abcd'[taken.indexOf(true)]);
      expect(await put('e')).toBe(false);
      expect(await store.getStart(`${place}/new`, KIB)).toEqual(first);
    });

    it.each([0, 1, 512 * KIB, MIB, 8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 16 * MIB])(
      'keeps a stream of %i bytes whole',
      async (sizeBytes) => {
        const content = randomBytes(sizeBytes);
        const stored = await store.put(`${place}/a`, Readable.from(content.length > 0 ? [content] : []));
        expect(stored.sizeBytes).toBe(sizeBytes);
        const back = await buffer(await store.get(`${place}/a`));
        expect(back.equals(content)).toBe(true);
      },
    );

    it('takes 40 MiB as a stream of known and of unknown size', async () => {
      const pieces = Array.from({ length: 160 }, () => randomBytes(256 * KIB));
      const whole = Buffer.concat(pieces);
      await store.put(`${place}/known`, Readable.from(pieces), { sizeBytes: whole.length });
      await store.put(`${place}/unknown`, Readable.from(pieces));
      const [known, unknown] = await Promise.all([
        buffer(await store.get(`${place}/known`)),
        buffer(await store.get(`${place}/unknown`)),
      ]);
      expect([known.equals(whole), unknown.equals(whole)]).toEqual([true, true]);
    });

    it.each([9, 11])('refuses 10 bytes that were promised as %i, and keeps nothing', async (sizeBytes) => {
      const put = store.put(`${place}/a`, Readable.from([Buffer.alloc(10)]), { sizeBytes });
      await expect(put).rejects.toMatchObject({ code: 'OBJECT_CORRUPT' });
      expect(await store.stat(`${place}/a`)).toBeNull();
    });

    it.each([
      ['first byte', { start: 0, end: 1 }, '0'],
      ['middle', { start: 3, end: 6 }, '345'],
      ['last byte', { start: 9, end: 10 }, '9'],
      ['rest', { start: 7, end: 10 }, '789'],
      ['whole', { start: 0, end: 10 }, '0123456789'],
    ])('reads the %s', async (_what, range, expected) => {
      await store.put(`${place}/a`, Buffer.from('0123456789'));
      expect((await buffer(await store.get(`${place}/a`, { range }))).toString()).toBe(expected);
    });

    it.each([
      { start: 10, end: 10 },
      { start: 10, end: 11 },
      { start: 5, end: 11 },
      { start: 0, end: 11 },
      { start: 5, end: 5 },
      { start: 5, end: 4 },
      { start: 0, end: 0 },
      { start: 0, end: -1 },
      { start: -3, end: 3 },
      { start: 0.5, end: 3 },
    ])('refuses the range %j of ten bytes', async (range) => {
      await store.put(`${place}/a`, Buffer.from('0123456789'));
      await expect(store.get(`${place}/a`, { range })).rejects.toMatchObject({ code: 'OBJECT_RANGE_INVALID' });
    });

    it('refuses every range of an empty object', async () => {
      await store.put(`${place}/a`, Buffer.alloc(0));
      const read = store.get(`${place}/a`, { range: { start: 0, end: 1 } });
      await expect(read).rejects.toMatchObject({ code: 'OBJECT_RANGE_INVALID' });
    });

    it('says that an object is missing', async () => {
      await expect(store.get(`${place}/none`)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
      expect(await store.stat(`${place}/none`)).toBeNull();
      await expect(store.delete(`${place}/none`)).resolves.toBeUndefined();
    });

    it.each(['', '/a', 'a//b', '../a', 'a/../b', '1/a', 'a b', 'a/.b', `a/${'x'.repeat(241)}`])(
      'refuses the key %j',
      async (key) => {
        await expect(store.put(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
      },
    );

    it('deletes one object, and none that is not there', async () => {
      const keys = Array.from({ length: 3 }, (_, index) => `${place}/k${index}`);
      await Promise.all(keys.map((key) => store.put(key, Buffer.from('x'))));
      await store.delete(`${place}/k0`);
      await store.delete(`${place}/not-there`);
      expect(await keysUnder(`${place}/`)).toEqual([`${place}/k1`, `${place}/k2`]);
    });

    it('lists by ascending key, whatever the prefix', async () => {
      const keys = ['a', 'a-b', 'a/b', 'a/c', 'ab', 'b'].map((key) => `${place}x/${key}x`);
      await Promise.all(keys.map((key) => store.put(key, Buffer.from('x'))));
      const sorted = keys.toSorted((one, other) => (one < other ? -1 : 1));
      expect(await keysUnder(`${place}x/`)).toEqual(sorted);
      expect(await keysUnder(`${place}x/a`)).toEqual(sorted.slice(0, 5));
      expect(await keysUnder(`${place}none`)).toEqual([]);
    });

    it('lists more than a page of 1,000', async () => {
      const keys = Array.from({ length: 1_050 }, (_, index) => `${place}/k${String(index).padStart(4, '0')}`);
      for (let from = 0; from < keys.length; from += 50) {
        await Promise.all(keys.slice(from, from + 50).map((key) => store.put(key, Buffer.from('x'))));
      }
      expect(await keysUnder(`${place}/`)).toEqual(keys);
    });

    it.each([1, 3 * MIB, 20 * MIB])('leaves nothing of a source that breaks off after %i bytes', async (sizeBytes) => {
      const breaking = Readable.from(
        (async function* () {
          yield Buffer.alloc(sizeBytes);
          throw new Error('the disk is gone');
        })(),
      );
      const put = store.put(`${place}/a`, breaking);
      await expect(put).rejects.toMatchObject({ code: 'OBJECT_SOURCE_FAILED', cause: { message: 'the disk is gone' } });
      expect([await store.stat(`${place}/a`), breaking.destroyed]).toEqual([null, true]);
      expect(await uploadsOf(`${place}/a`)).toEqual([]);
    });

    it('takes a stream that broke before it was given', async () => {
      const broken = new Readable({ read: () => undefined });
      const isOver = finished(broken).catch(() => undefined);
      broken.destroy(new Error('never began'));
      await isOver;
      await expect(store.put(`${place}/a`, broken)).rejects.toMatchObject({ code: 'OBJECT_SOURCE_FAILED' });
      expect(await store.stat(`${place}/a`)).toBeNull();
    });

    it('ends a read by its signal, with the reason of the signal', async () => {
      await store.put(`${place}/a`, randomBytes(12 * MIB));
      const controller = new AbortController();
      const reason = new Error('the client left');
      const stream = await store.get(`${place}/a`, { signal: controller.signal });
      const read = buffer(stream);
      controller.abort(reason);
      await expect(read).rejects.toBe(reason);
    });

    it.each([0, 1, 299_999, 300_000, 300_001])(
      'gives the first %i of 300,000 bytes, as many as there are',
      async (most) => {
        const content = randomBytes(300_000);
        await store.put(`${place}/a`, content);
        const [start, again] = [await store.getStart(`${place}/a`, most), await store.getStart(`${place}/a`, most)];
        expect(start.equals(content.subarray(0, most))).toBe(true);
        expect(again.equals(start)).toBe(true);
      },
    );

    it('gives the beginning of an empty object, and says that one is missing', async () => {
      await store.put(`${place}/a`, Buffer.alloc(0));
      expect(await store.getStart(`${place}/a`, 10)).toHaveLength(0);
      await expect(store.getStart(`${place}/none`, 10)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    });

    it('ends the read of a beginning by its signal, with the reason of the signal', async () => {
      await store.put(`${place}/a`, randomBytes(12 * MIB));
      const controller = new AbortController();
      const reason = new Error('the worker lost its claim');
      const read = store.getStart(`${place}/a`, 12 * MIB, { signal: controller.signal });
      controller.abort(reason);
      await expect(read).rejects.toBe(reason);
      await expect(store.getStart(`${place}/a`, 1, { signal: controller.signal })).rejects.toBe(reason);
    });

    it('does not begin a read whose signal is over', async () => {
      const reason = new Error('the client left');
      await expect(store.get(`${place}/a`, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });

    it.each([
      ['a read to the end', () => store.get(`${place}/a`, { signal: NEVER }).then(buffer)],
      ['a read that is given up', async () => (await store.get(`${place}/a`, { signal: NEVER })).destroy()],
      ['a read of nothing', () => store.get(`${place}/none`, { signal: NEVER }).catch(() => undefined)],
      ['a read of a beginning', () => store.getStart(`${place}/a`, 1, { signal: NEVER })],
    ])('listens to the signal no longer than %s takes', async (_what, read) => {
      await store.put(`${place}/a`, randomBytes(MIB));
      await read();
      await eventually(() => expect(getEventListeners(NEVER, 'abort')).toEqual([]));
    });

    it('keeps its identity', async () => {
      const { storeId } = await store.initialise();
      expect((await store.initialise()).storeId).toBe(storeId);
      await expect(store.check()).resolves.toBeUndefined();
    });

    async function uploadsOf(prefix: string): Promise<string[]> {
      const keys: string[] = [];
      for await (const { key } of store.listUploads(prefix)) keys.push(key);
      return keys;
    }
  });
}
