import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyKinds, parseKeyRing, RingFolder, ringPlaces, type RingName } from '@account-backups/service-kit/keys';
import { Agreement } from './agreement.js';
import { listKeys } from './listed-keys.js';
import { RingRotation } from './ring-rotation.js';

/** Processes that hold what their files say when they are asked, unless they are deaf. */
class Played {
  readonly heard: string[] = [];
  readonly deaf = new Map<string, readonly string[]>();
  sealed = 0;

  constructor(private readonly folder: string) {}

  survey(service: string): Promise<readonly unknown[]> {
    const told = Object.values(ringPlaces)
      .flat()
      .filter((place) => place.service === service)
      .map(({ setting, kind }) => {
        const { keyIds } = parseKeyRing(readFileSync(join(this.folder, service, setting), 'utf8'), kind);
        this.heard.push(`${service} ${setting} ${keyIds.join()}`);
        return [setting, { keyIds, fault: null }] as const;
      });
    const deaf = [...this.deaf].map(([process, keyIds]) => ({
      process,
      told: { SESSION_KEYS: { keyIds, fault: 'is broken' } },
    }));
    return Promise.resolve([{ process: `${service}/1`, told: Object.fromEntries(told) }, ...deaf]);
  }

  request(): Promise<never> {
    return Promise.resolve({ count: this.sealed } as never);
  }
}

describe('a rotation', () => {
  let path: string;
  let folder: RingFolder;
  let played: Played;
  const publish = counter();

  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), 'rotation-'));
    folder = new RingFolder(path);
    played = new Played(path);
    publish.count = 0;
    const long = new Date('2026-01-01T00:00:00.000Z');
    for (const ring of ['seal', 'session', 'receipt', 'audit'] as const) await folder.create(ring, long);
  });

  afterEach(() => rmSync(path, { recursive: true }));

  const agreement = () => new Agreement(played, 0);
  const of = (ring: RingName) =>
    new RingRotation(ring, { folder, agreement: agreement(), bus: played, publish: publish.call });
  const idsOf = async (ring: RingName) => (await folder.find(ring))?.keyIds ?? [];

  it('makes a key known everywhere before anybody uses it', async () => {
    const [former] = await idsOf('seal');
    const keyId = await of('seal').add();
    expect(await idsOf('seal')).toEqual([keyId, former]);
    const asked = played.heard.filter((line) => line.includes('SEAL_KEYS'));
    const first = (ids: string) => asked.findIndex((line) => line.endsWith(` ${ids}`));
    expect([first(`${former},${keyId}`) > 0, first(`${keyId},${former}`) > first(`${former},${keyId}`)]).toEqual([
      true,
      true,
    ]);
    expect(publish.count).toBe(2);
  });

  it('gives the gateway public halves, and receipts the id that they name', async () => {
    await of('seal').add();
    const gateway = parseKeyRing(readFileSync(join(path, 'gateway/SEAL_KEYS'), 'utf8'), keyKinds.sealPublic);
    expect(gateway.keyIds).toEqual(await idsOf('seal'));
    expect(await of('receipt').add()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('puts the ring back when a process does not hear of the key, and names it', async () => {
    const before = await idsOf('session');
    played.deaf.set('gateway/2', before);
    await expect(of('session').add()).rejects.toMatchObject({
      code: 'KEYS_NOT_AGREED',
      message: expect.stringContaining(`gateway/2 holds ${before.join()}, and cannot read its file: is broken`),
    });
    expect(await idsOf('session')).toEqual(before);
  });

  it('changes nothing where processes hold other keys than the files', async () => {
    played.deaf.set('gateway/2', ['of', 'others']);
    await expect(of('session').add()).rejects.toMatchObject({ code: 'KEYS_NOT_AGREED' });
    expect(publish.count).toBe(0);
  }, 20_000);

  it('retires what is not needed, and remembers it', async () => {
    const [former = ''] = await idsOf('session');
    const keyId = await of('session').add();
    await of('session').retire(former);
    expect(await idsOf('session')).toEqual([keyId]);
    const listed = await listKeys(folder, (ring) => agreement().anyIds(ring));
    expect(listed.filter(({ ring }) => ring === 'session')).toEqual([
      { ring: 'session', keyId, status: 'active', createdAt: expect.any(String) },
      { ring: 'session', keyId: former, status: 'retired', createdAt: '2026-01-01T00:00:00.000Z' },
    ]);
  });

  it('leaves of a retired receipt key the public half alone', async () => {
    const [former = ''] = await idsOf('receipt');
    const keyId = await of('receipt').add();
    const secret = (await folder.find('receipt'))?.find(former)?.bytes.toString('base64') ?? '';
    await of('receipt').retire(former);
    expect(await idsOf('receipt')).toEqual([keyId, former]);
    expect(readFileSync(join(path, 'gateway/RECEIPT_KEYS'), 'utf8')).not.toContain(secret);
    const listed = await listKeys(folder, (ring) => agreement().anyIds(ring));
    expect(listed.find((key) => key.keyId === former)?.status).toBe('retired');
  });

  it('retires neither the active key, nor an unknown one', async () => {
    const [active = ''] = await idsOf('session');
    await expect(of('session').retire(active)).rejects.toMatchObject({ code: 'KEY_IN_USE' });
    await expect(of('session').retire('x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('retires no key of the audit, whose records are checked with it', async () => {
    const [former = ''] = await idsOf('audit');
    await of('audit').add();
    await expect(of('audit').retire(former)).rejects.toMatchObject({ code: 'KEY_IN_USE' });
  });

  it('retires no key while a password waits that it opens', async () => {
    const [former = ''] = await idsOf('seal');
    const longAgo = { activeAt: '2026-01-02T00:00:00.000Z', createdAt: '2026-01-02T00:00:00.000Z' };
    const keyId = await of('seal').add();
    await folder.note('seal', [{ keyId, ...longAgo }]);
    played.sealed = 1;
    await expect(of('seal').retire(former)).rejects.toMatchObject({ code: 'KEY_IN_USE' });
    played.sealed = 0;
    await of('seal').retire(former);
    expect(await idsOf('seal')).toEqual([keyId]);
  });

  it('says what to do where the files cannot be written', async () => {
    rmSync(join(path, 'gateway'), { recursive: true });
    writeFileSync(join(path, 'gateway'), 'a file in the way');
    const failed = expect.objectContaining({ message: expect.stringContaining('name with --publish what carries') });
    await expect(folder.create('session', new Date())).rejects.toThrow(failed);
  });

  it('is one at a time', async () => {
    const [one, other] = await Promise.allSettled([of('session').add(), of('session').add()]);
    expect([one.status, other.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await idsOf('session')).toHaveLength(2);
  });
});

function counter() {
  const counted = {
    count: 0,
    call: () => {
      counted.count += 1;
      return Promise.resolve();
    },
  };
  return counted;
}
