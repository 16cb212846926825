// What every adapter of the object store promises of uploads in parts, run against each of them.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { MIN_PART_BYTES, randomKeyPart, type ObjectStore } from '@account-backups/object-store';

export function describeUploads(name: string, open: () => Promise<ObjectStore>): void {
  describe(`uploads in parts on ${name}`, () => {
    let store: ObjectStore;
    let key: string;
    let uploadId: string;
    const part = (partNumber: number, content: Buffer) => store.putPart({ key, uploadId, partNumber, content });

    beforeAll(async () => {
      store = await open();
    });
    beforeEach(async () => {
      key = `t/${randomKeyPart()}/archive.zip`;
      uploadId = await store.createUpload(key, { contentType: 'application/zip' });
    });
    afterAll(() => store.close());

    it('take a part from a stream that is not held, and give it the etag of its content', async () => {
      const content = randomBytes(MIN_PART_BYTES + 13);
      const pieces = Array.from({ length: 41 }, (_, index) => content.subarray(index * 131_072, (index + 1) * 131_072));
      const sizeBytes = content.length;
      const streamed = await store.putPart({ key, uploadId, partNumber: 1, content: Readable.from(pieces), sizeBytes });
      const held = await part(2, content);
      await store.completeUpload({ key, uploadId, parts: [streamed, held] });
      expect([streamed.etag, streamed.sizeBytes]).toEqual([held.etag, sizeBytes]);
      expect((await buffer(await store.get(key))).equals(Buffer.concat([content, content]))).toBe(true);
    });

    it.each([-1, 1])('refuse a stream that has %i bytes more than promised, and keep nothing', async (more) => {
      const content = Readable.from([randomBytes(MIN_PART_BYTES), randomBytes(100 + more)]);
      const put = store.putPart({ key, uploadId, partNumber: 1, content, sizeBytes: MIN_PART_BYTES + 100 });
      await expect(put).rejects.toMatchObject({ code: 'OBJECT_CORRUPT' });
      expect(await store.listParts({ key, uploadId })).toEqual([]);
    });

    it('keep nothing of a stream that breaks off', async () => {
      const breaking = Readable.from(
        (async function* () {
          yield randomBytes(MIN_PART_BYTES);
          throw new Error('the disk is gone');
        })(),
      );
      const put = store.putPart({ key, uploadId, partNumber: 1, content: breaking, sizeBytes: 2 * MIN_PART_BYTES });
      await expect(put).rejects.toMatchObject({ code: 'OBJECT_SOURCE_FAILED', cause: { message: 'the disk is gone' } });
      expect([await store.listParts({ key, uploadId }), breaking.destroyed]).toEqual([[], true]);
    });

    it('refuse a stream for an upload that is not there', async () => {
      await store.abortUpload({ key, uploadId });
      const content = Readable.from([randomBytes(MIN_PART_BYTES)]);
      const put = store.putPart({ key, uploadId, partNumber: 1, content, sizeBytes: MIN_PART_BYTES });
      await expect(put).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    });

    it('join by number, whatever the order they came in, with gaps', async () => {
      const contents = [randomBytes(MIN_PART_BYTES), randomBytes(MIN_PART_BYTES + 7), randomBytes(3)];
      const [last, first, middle] = await Promise.all([
        part(900, contents[2] as Buffer),
        part(2, contents[0] as Buffer),
        part(10, contents[1] as Buffer),
      ]);
      const listed = await store.listParts({ key, uploadId });
      const stored = await store.completeUpload({ key, uploadId, parts: [first, middle, last] });
      expect(listed).toEqual([first, middle, last]);
      expect(stored.sizeBytes).toBe(2 * MIN_PART_BYTES + 10);
      expect((await buffer(await store.get(key))).equals(Buffer.concat(contents))).toBe(true);
    });

    it('take the later content of a number, and drop parts that are not named', async () => {
      await part(1, Buffer.from('first'));
      const second = await part(1, Buffer.from('second'));
      await part(2, Buffer.from('unnamed'));
      await store.completeUpload({ key, uploadId, parts: [second] });
      expect((await buffer(await store.get(key))).toString()).toBe('second');
    });

    it('give the same etag for the same content', async () => {
      const [one, other] = [await part(1, Buffer.from('same')), await part(1, Buffer.from('same'))];
      expect(one).toEqual(other);
    });

    it('are invisible until they are complete', async () => {
      await part(1, Buffer.from('x'));
      expect(await store.stat(key)).toBeNull();
    });

    it('refuse a middle part under the least size', async () => {
      const parts = [await part(1, Buffer.alloc(MIN_PART_BYTES - 1)), await part(2, Buffer.from('x'))];
      const completed = store.completeUpload({ key, uploadId, parts });
      await expect(completed).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    });

    it('refuse a part that is missing, and one with another etag', async () => {
      const stored = await part(1, Buffer.from('x'));
      const other = await part(1, Buffer.from('y'));
      const wrong = store.completeUpload({ key, uploadId, parts: [stored] });
      await expect(wrong).rejects.toMatchObject({ code: 'OBJECT_CORRUPT' });
      const missing = store.completeUpload({ key, uploadId, parts: [{ ...other, partNumber: 7 }] });
      await expect(missing).rejects.toMatchObject({ code: 'OBJECT_CORRUPT' });
    });

    it('refuse part numbers and lists that no store would take', async () => {
      await expect(part(0, Buffer.from('x'))).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
      await expect(part(10_001, Buffer.from('x'))).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
      const empty = store.completeUpload({ key, uploadId, parts: [] });
      await expect(empty).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    });

    it('are completed twice, also at the same time, to the same outcome', async () => {
      const parts = [await part(1, Buffer.from('content'))];
      const both = await Promise.all([
        store.completeUpload({ key, uploadId, parts }),
        store.completeUpload({ key, uploadId, parts }),
      ]);
      const again = await store.completeUpload({ key, uploadId, parts });
      expect([...both, again].map(({ sizeBytes }) => sizeBytes)).toEqual([7, 7, 7]);
      expect((await buffer(await store.get(key))).toString()).toBe('content');
    });

    it('are aborted twice; then nothing of them is left', async () => {
      const parts = [await part(1, Buffer.from('x'))];
      await store.abortUpload({ key, uploadId });
      await expect(store.abortUpload({ key, uploadId })).resolves.toBeUndefined();
      await expect(part(2, Buffer.from('x'))).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
      await expect(store.listParts({ key, uploadId })).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
      const completed = store.completeUpload({ key, uploadId, parts });
      await expect(completed).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    });

    it('are listed while they are open', async () => {
      const found: { key: string; uploadId: string }[] = [];
      for await (const one of store.listUploads(key)) found.push({ key: one.key, uploadId: one.uploadId });
      expect(found).toEqual([{ key, uploadId }]);
    });

    it('do not know an id that was never given', async () => {
      const put = store.putPart({ key, uploadId: 'f'.repeat(32), partNumber: 1, content: Buffer.from('x') });
      await expect(put).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    });
  });
}
