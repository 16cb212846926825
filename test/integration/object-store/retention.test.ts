// A bucket that keeps what was put, as an operator sets it up for checkpoints of the audit.
import { openObjectStore, type ObjectStore } from '@account-backups/object-store';
import { Client } from 'minio';
import { ownBucketUrl } from '../../support/real-parts.js';

const url = new URL(ownBucketUrl());
const bucket = url.pathname.slice(1);
const client = new Client({
  endPoint: url.hostname,
  port: Number(url.port),
  useSSL: false,
  accessKey: decodeURIComponent(url.username),
  secretKey: decodeURIComponent(url.password),
  region: 'us-east-1',
  pathStyle: true,
});
const key = 'audit/acc/0000000000000001.txt';

let store: ObjectStore;

beforeAll(async () => {
  await client.makeBucket(bucket, 'us-east-1', { ObjectLocking: true });
  await Promise.resolve(client.setObjectLockConfig(bucket, { mode: 'GOVERNANCE', unit: 'Days', validity: 1 }));
  store = openObjectStore(url.href);
  await store.initialise();
});
afterAll(() => store.close());

it('takes what is new, which nobody replaces, and whose version outlives that it is deleted', async () => {
  await expect(store.putNew(key, Buffer.from('note'), 'text/plain')).resolves.toBe(true);
  await expect(store.putNew(key, Buffer.from('other'), 'text/plain')).resolves.toBe(false);
  const { versionId } = await client.statObject(bucket, key);
  const remove = async () => client.removeObject(bucket, key, { versionId: versionId ?? '' });
  await expect(remove()).rejects.toThrow(/WORM|retention|protected/i);
  await store.delete(key);
  expect(await store.stat(key)).toBeNull();
  const kept = await client.statObject(bucket, key, { versionId: versionId ?? '' });
  expect(kept.size).toBe(4);
});
