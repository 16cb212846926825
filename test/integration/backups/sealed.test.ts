// Which sealed passwords still need a key, before it is retired.
import { randomUUID } from 'node:crypto';
import { sealPassword } from '@account-backups/password-seal';
import { newKey, KeyRing } from '@account-backups/service-kit/keys';
import { asked, openDesk, type Desk } from './harness.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

const rings = [1, 2].map(() => new KeyRing([newKey('seal', new Date())]));
const [one = '', other = ''] = rings.flatMap(({ keyIds }) => keyIds);
const count = async (keyId: string) => (await desk.sealed.count({ keyId })).count;

async function requested(accountId: string, sealedPassword: string | null, backupId: string): Promise<void> {
  await desk.requests.create(asked('ada', { accountId, backupId, sealedPassword }));
}

async function sealedWith(ring: KeyRing | undefined, accountId: string): Promise<string> {
  const backupId = randomUUID();
  const key = ring?.publicHalves().active;
  await requested(accountId, key ? await sealPassword('correct horse', key, { accountId, backupId }) : null, backupId);
  return backupId;
}

it('counts what waits for a key, until the backup has ended', async () => {
  const backupId = await sealedWith(rings[0], 'first');
  await sealedWith(rings[0], 'second');
  await sealedWith(rings[1], 'third');
  await sealedWith(undefined, 'fourth');
  expect(await Promise.all([one, other, 'unknown'].map(count))).toEqual([2, 1, 0]);
  await desk.backups.cancel({ accountId: 'first', userId: 'ada', backupId });
  expect(await count(one)).toBe(1);
});

it('counts a seal of the release before for any key, since it names none', async () => {
  await requested('fifth', 'v1.sealed', randomUUID());
  expect(await Promise.all([one, other, 'unknown'].map(count))).toEqual([2, 2, 1]);
});

it('keeps the id that the gateway chose and sealed for', async () => {
  const backupId = await sealedWith(rings[0], 'sixth');
  const { items } = await desk.backups.list({
    accountId: 'sixth',
    userId: 'ada',
    limit: 1,
    cursor: null,
    status: null,
  });
  expect(items.map((backup) => backup.backupId)).toEqual([backupId]);
});
