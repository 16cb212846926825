import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { text } from 'node:stream/consumers';
import { MIB } from '@account-backups/contracts';
import { openObjectStore, randomKeyPart, type ObjectStore, type UploadRef } from '@account-backups/object-store';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/free-port.js';
import { testObjectStoreUrl } from '../../support/real-parts.js';
import { describeObjects } from './object-store.contract.js';
import { describeUploads } from './uploads.contract.js';

const folders: string[] = [];

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'object-store-'));
  folders.push(folder);
  return folder;
}

async function ready(url: string): Promise<ObjectStore> {
  const store = openObjectStore(url);
  await store.initialise();
  return store;
}

const onFiles = async () => ready(`file://${join(await newFolder(), 'store')}`);
const s3Url = () => {
  const url = new URL(testObjectStoreUrl());
  url.pathname = `/test-${randomKeyPart()}`;
  return url.href;
};
const onS3 = () => ready(s3Url());

describeObjects('files', onFiles);
describeObjects('S3', onS3);
describeUploads('files', onFiles);
describeUploads('S3', onS3);

describe('a part on S3', () => {
  it('is refused when what arrives is not what was hashed, and is not kept', async () => {
    const store = await onS3();
    const upload = { key: `t/${randomKeyPart()}`, uploadId: '' };
    upload.uploadId = await store.createUpload(upload.key);
    const sha256 = async () => createHash('sha256').update('what was meant').digest('hex');

    const put = store.putPart({ ...upload, partNumber: 1, content: Buffer.from('what was sent'), sha256 });

    await expect(put).rejects.toMatchObject({ code: 'OBJECT_CORRUPT' });
    expect(await store.listParts(upload)).toEqual([]);
    await store.close();
  });
});

describe('a store that is there', () => {
  it('is not called away because this process stood still while it answered', async () => {
    const store = await onS3();
    const asked = store.check();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
    await expect(asked).resolves.toBeUndefined();
    await store.close();
  });

  it('never meets a connection that the server ends for being idle', async () => {
    const { hostname, port } = new URL(testObjectStoreUrl());
    const open = new Set<Socket>();
    const wire = createServer((near) => {
      const far = connect(Number(port), hostname);
      pipeline(near, far, near, () => open.delete(near));
      open.add(near);
    });
    await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
    const url = new URL(s3Url());
    url.host = `127.0.0.1:${(wire.address() as AddressInfo).port}`;
    const store = await ready(url.href);
    await store.put('a/b', Buffer.from('x'));
    expect(open.size).toBeGreaterThan(0);
    await eventually(() => expect(open.size).toBe(0), { deadlineMs: 10_000 });
    expect(await store.stat('a/b')).toMatchObject({ sizeBytes: 1 });
    await store.close();
    wire.close();
  });

  it('is not called away because all sockets of this process wait for their readers', async () => {
    const store = await onS3();
    await store.put('a/large', Buffer.alloc(16 * MIB));
    const unread = await Promise.all(Array.from({ length: 64 }, () => store.get('a/large')));
    await expect(store.check()).resolves.toBeUndefined();
    for (const stream of unread) stream.destroy();
    await store.close();
  });
});

describe('a store that is away', () => {
  const away = { code: 'OBJECT_STORE_UNAVAILABLE' };

  it('is named within seconds when nothing listens', async () => {
    const store = openObjectStore(`s3://key:secret@127.0.0.1:${await freePort()}/bucket?tls=0`);
    const before = Date.now();
    await expect(store.check()).rejects.toMatchObject(away);
    await expect(store.initialise()).rejects.toMatchObject(away);
    await expect(store.get('a/b')).rejects.toMatchObject(away);
    await expect(store.getStart('a/b', 1)).rejects.toMatchObject(away);
    await expect(store.stat('a/b')).rejects.toMatchObject(away);
    await expect(store.put('a/b', Buffer.from('x'))).rejects.toMatchObject(away);
    await expect(store.delete('a/b')).rejects.toMatchObject(away);
    await expect(store.list('a/')[Symbol.asyncIterator]().next()).rejects.toMatchObject(away);
    await expect(store.listUploads('a/')[Symbol.asyncIterator]().next()).rejects.toMatchObject(away);
    await expect(store.createUpload('a/b')).rejects.toMatchObject(away);
    expect(Date.now() - before).toBeLessThan(5_000);
    await store.close();
  });

  it('is named when its key is wrong', async () => {
    const url = new URL(testObjectStoreUrl());
    url.password = 'another';
    const store = openObjectStore(url.href);
    await expect(store.check()).rejects.toMatchObject(away);
    await store.close();
  });

  it('is named when its folder is gone, and an object is not called missing', async () => {
    const folder = await newFolder();
    const store = await ready(`file://${folder}/store`);
    await store.put('a/b', Buffer.from('x'));
    await rm(join(folder, 'store'), { recursive: true });
    await expect(store.check()).rejects.toMatchObject(away);
    await expect(store.get('a/b')).rejects.toMatchObject(away);
    await expect(store.stat('a/b')).rejects.toMatchObject(away);
    await expect(store.put('a/b', Buffer.from('x'))).rejects.toMatchObject(away);
    await expect(store.delete('a/b')).rejects.toMatchObject(away);
    await expect(store.list('a/')[Symbol.asyncIterator]().next()).rejects.toMatchObject(away);
    await expect(store.createUpload('a/b')).rejects.toMatchObject(away);
  });

  it('is named when there is an empty folder in its place, as below a volume that is not mounted', async () => {
    const folder = await newFolder();
    const store = await ready(`file://${folder}/store`);
    const upload = { key: 'a/up', uploadId: await store.createUpload('a/up') };
    await store.put('a/b', Buffer.from('x'));
    await rename(join(folder, 'store'), join(folder, 'elsewhere'));
    for (const name of ['objects', 'uploads', 'temporary']) {
      await mkdir(join(folder, 'store', name), { recursive: true });
    }
    for (const asked of [store, openObjectStore(`file://${folder}/store`)]) await refusesAll(asked, upload);
    await rm(join(folder, 'store'), { recursive: true });
    await rename(join(folder, 'elsewhere'), join(folder, 'store'));
    expect(await text(await store.get('a/b'))).toBe('x');
  });

  it('makes nothing where its volume goes between the look at its identity and the write', async () => {
    const folder = await newFolder();
    const store = await ready(`file://${folder}/store`);
    await rm(join(folder, 'store/objects'), { recursive: true });
    await expect(store.put('a/b', Buffer.from('x'))).rejects.toMatchObject(away);
    expect((await readdir(join(folder, 'store'))).toSorted()).toEqual(['store.json', 'temporary', 'uploads']);
  });

  it.each(['files', 'S3'])('is named when another store is in its place: %s', async (kind) => {
    const place = kind === 'S3' ? s3Url() : `file://${await newFolder()}/store`;
    const store = await ready(place);
    const { storeId } = await store.initialise();
    const other = openObjectStore(place, { storeId: `not-${storeId}` });
    const upload = { key: 'a/up', uploadId: await store.createUpload('a/up') };
    await refusesAll(other, upload);
    await expect(other.initialise()).rejects.toMatchObject(away);
    expect((await store.initialise()).storeId).toBe(storeId);
  });

  it.each(['files', 'S3'])('is taken by nobody before it was given an identity: %s', async (kind) => {
    const place = kind === 'S3' ? s3Url() : `file://${await newFolder()}`;
    await expect(openObjectStore(place).check()).rejects.toMatchObject(away);
    const { storeId } = await openObjectStore(place, { storeId: 'lab-1' }).initialise();
    expect(storeId).toBe('lab-1');
    await expect(openObjectStore(place).check()).resolves.toBeUndefined();
  });

  async function refusesAll(store: ObjectStore, upload: UploadRef): Promise<void> {
    await expect(store.check()).rejects.toMatchObject(away);
    await expect(store.get('a/b/none')).rejects.toMatchObject(away);
    await expect(store.getStart('a/none', 1)).rejects.toMatchObject(away);
    await expect(store.stat('a/none')).rejects.toMatchObject(away);
    await expect(store.put('a/c', Buffer.from('x'))).rejects.toMatchObject(away);
    await expect(store.createUpload('a/c')).rejects.toMatchObject(away);
    const part = { ...upload, partNumber: 1, content: Buffer.from('x') };
    if (upload.uploadId.length === 32) await expect(store.putPart(part)).rejects.toMatchObject(away);
  }

  it('does not hold a caller who gives up while it is silent', async () => {
    const server = await silentServer();
    const { port } = server.address() as { port: number };
    const store = openObjectStore(`s3://key:secret@127.0.0.1:${port}/bucket?tls=0`);
    const reason = new Error('the client left');
    const controller = new AbortController();
    const read = store.get('a/b', { signal: controller.signal });
    controller.abort(reason);
    await expect(read).rejects.toBe(reason);
    await store.close();
    server.close();
  });

  function silentServer(): Promise<Server> {
    const server = createServer((socket) => socket.on('error', () => undefined));
    server.unref();
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
  }
});

describe('what a crash leaves behind in files', () => {
  it('is swept when it is old, and only then', async () => {
    const folder = await newFolder();
    const store = await ready(`file://${folder}/store`);
    await writeFile(join(folder, 'store/temporary/left'), 'half');
    const young = await store.sweepTemporary(new Date(Date.now() - 60_000));
    const old = await store.sweepTemporary(new Date(Date.now() + 60_000));
    expect([young, old]).toEqual([0, 1]);
  });
});
