import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openObjectStore, randomKeyPart, type ObjectStore } from '@account-backups/object-store';
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
  await store.ensureReady();
  return store;
}

const onFiles = async () => ready(`file://${join(await newFolder(), 'store')}`);
const onS3 = () => {
  const url = new URL(testObjectStoreUrl());
  url.pathname = `/test-${randomKeyPart()}`;
  return ready(url.href);
};

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

describe('a store that is away', () => {
  const away = { code: 'OBJECT_STORE_UNAVAILABLE' };

  it('is named within seconds when nothing listens', async () => {
    const store = openObjectStore(`s3://key:secret@127.0.0.1:${await freePort()}/bucket?tls=0`);
    const before = Date.now();
    await expect(store.check()).rejects.toMatchObject(away);
    await expect(store.ensureReady()).rejects.toMatchObject(away);
    await expect(store.get('a/b')).rejects.toMatchObject(away);
    await expect(store.getStart('a/b', 1)).rejects.toMatchObject(away);
    await expect(store.stat('a/b')).rejects.toMatchObject(away);
    await expect(store.put('a/b', Buffer.from('x'))).rejects.toMatchObject(away);
    await expect(store.delete('a/b')).rejects.toMatchObject(away);
    await expect(store.deleteMany(['a/b'])).rejects.toMatchObject(away);
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
