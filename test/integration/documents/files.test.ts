import { MIB } from '@account-backups/contracts';
import { document, everything, file, openRegister, type Register } from './harness.js';

const accountId = 'northfield';
let register: Register;

beforeAll(async () => {
  register = await openRegister();
});

afterAll(() => register.close());

describe('documents.register-file', () => {
  it('keeps the first content and gives it back', async () => {
    const content = file('first', { sizeBytes: 5_000_000_000, crc32: 0xffffffff });
    await expect(register.files.registerFile({ accountId, file: content })).resolves.toEqual({ registered: true });
    await expect(register.files.getFile({ accountId, fileId: 'first' })).resolves.toEqual(content);
  });

  it('knows nothing of a file that never came', async () => {
    await expect(register.files.getFile({ accountId, fileId: 'never' })).resolves.toBeNull();
  });

  it('takes the same content again as a no-op and keeps the first object', async () => {
    await register.files.registerFile({ accountId, file: file('twice', { objectKey: 'one' }) });
    const again = register.files.registerFile({ accountId, file: file('twice', { objectKey: 'two' }) });
    await expect(again).resolves.toEqual({ registered: false });
    await expect(register.files.getFile({ accountId, fileId: 'twice' })).resolves.toMatchObject({ objectKey: 'one' });
  });

  it('says again that an object is the one kept when the call is repeated', async () => {
    await register.files.registerFile({ accountId, file: file('repeated') });
    await expect(register.files.registerFile({ accountId, file: file('repeated') })).resolves.toEqual({
      registered: true,
    });
  });

  it('refuses other content under a known id', async () => {
    await register.files.registerFile({ accountId, file: file('changed') });
    const other = register.files.registerFile({ accountId, file: file('changed', { sha256: 'b'.repeat(64) }) });
    await expect(other).rejects.toMatchObject({ code: 'FILE_CONTENT_DIFFERS' });
  });

  it('gives a file of one account to no other', async () => {
    await register.files.registerFile({ accountId, file: file('ours') });
    await expect(register.files.getFile({ accountId: 'harbour', fileId: 'ours' })).resolves.toBeNull();
  });

  it('keeps one object when many come at once', async () => {
    const objectKeys = Array.from({ length: 20 }, (_, at) => `race-${at}`);
    const answers = await Promise.all(
      objectKeys.map((objectKey) => register.files.registerFile({ accountId, file: file('race', { objectKey }) })),
    );
    const kept = await register.files.getFile({ accountId, fileId: 'race' });
    expect(objectKeys.filter((_, at) => answers[at]?.registered)).toEqual([kept?.objectKey]);
  });
});

it('counts every file whichever came first, while documents and files come at once', async () => {
  const ids = Array.from({ length: 60 }, (_, at) => `d${at}`);
  await Promise.all(
    ids.flatMap((id) => [
      register.upsert('at-once', [document(id, { versions: [{ fileId: id }, { fileId: 'logo' }] })]),
      register.files.registerFile({ accountId: 'at-once', file: file(id) }),
      register.files.registerFile({ accountId: 'at-once', file: file('logo', { sizeBytes: 1 }) }),
    ]),
  );
  const size = await register.documents.measure({ accountId: 'at-once', selection: everything });
  expect(size).toMatchObject({ documentCount: 60, fileCount: 120, sizeBytes: 60 * 101 });
});

describe('the quota of an account', () => {
  const half = MIB / 2;
  const exceeded = { code: 'QUOTA_EXCEEDED', status: 413 };
  let bounded: Register;
  beforeAll(async () => {
    bounded = await openRegister(1);
  });
  afterAll(() => bounded?.close());

  const registered = (owner: string, fileId: string, sizeBytes = half) =>
    bounded.files.registerFile({ accountId: owner, file: file(fileId, { sizeBytes }) });

  it('is refused to the byte, for what is there and what is to come, and leaves nothing of it', async () => {
    await registered('full', 'one');
    await registered('full', 'two');
    await expect(registered('full', 'three', 1)).rejects.toMatchObject(exceeded);
    await expect(bounded.files.getFile({ accountId: 'full', fileId: 'three', newBytes: 1 })).rejects.toMatchObject(
      exceeded,
    );
    expect(await bounded.files.getFile({ accountId: 'full', fileId: 'three' })).toBeNull();
    // What is known takes no room again.
    expect(await registered('full', 'two')).toEqual({ registered: true });
    expect(await bounded.files.getFile({ accountId: 'full', fileId: 'two', newBytes: half })).not.toBeNull();
    expect(await registered('other', 'three')).toEqual({ registered: true });
  });

  it('holds for many who come at once', async () => {
    const ids = Array.from({ length: 10 }, (_, number) => `f-${number}`);
    const ended = await Promise.allSettled(ids.map((id) => registered('crowd', id, MIB / 4)));
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  });
});
