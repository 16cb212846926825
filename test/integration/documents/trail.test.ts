// What the audit is told of the register: counts, and who changed it.
import { waitingTrail } from '../../support/waiting-trail.js';
import { document, openRegister, type Register } from './harness.js';

let register: Register;
beforeEach(async () => {
  register = await openRegister();
});
afterEach(() => register?.close());

const told = () => waitingTrail(register.database, 'documents');
const actor = { kind: 'program', id: 'host', name: null } as const;
const calledBy = { actor, ipAddress: '203.0.113.7', userAgent: 'curl/8' };

const changes = async () =>
  (await told()).map(({ at, action, details }) => ({ at, action, changed: details['changed'] }));

/** A message of a call. */
async function registered(firstTurn: number, documentIds: readonly string[], isLast: boolean): Promise<void> {
  const documents = documentIds.map((documentId) => document(documentId));
  const call = { calledBy, firstTurn, isLast };
  await register.documents.upsert({ accountId: 'lab', turn: firstTurn, documents, call });
}

it('tells of a call by how many documents it changed, and nothing of what they say', async () => {
  await register.upsert('lab', [document('a')]);
  const { turn } = await register.documents.beginChange();
  await registered(turn, ['a', 'b', 'c'], true);
  const [, record] = await told();
  expect(record).toEqual({
    recordId: expect.any(String),
    chainId: 'lab',
    at: '2026-03-01T12:00:00.000Z',
    actor,
    action: 'documents.changed',
    subject: 'account/lab',
    outcome: 'ok',
    ipAddress: '203.0.113.7',
    userAgent: 'curl/8',
    details: { changed: 2 },
  });
});

it('tells of a call of many messages once, with its last, however often they come', async () => {
  const { turn } = await register.documents.beginChange();
  await registered(turn, ['a', 'b'], false);
  await registered(turn, ['a', 'b'], false);
  await registered(turn, ['c'], false);
  expect(await told()).toEqual([]);
  await registered(turn, ['d'], true);
  await registered(turn, ['d'], true);
  expect(await changes()).toEqual([{ at: '2026-03-01T12:00:00.000Z', action: 'documents.changed', changed: 4 }]);
});

it('tells of a call that was broken off once nothing of it came for minutes', async () => {
  const [broken, going] = [await register.documents.beginChange(), await register.documents.beginChange()];
  await registered(broken.turn, ['a', 'b'], false);
  await registered(going.turn, ['c'], false);
  register.clock.set('2026-03-01T12:04:00Z');
  await registered(going.turn, ['c'], false);
  register.clock.set('2026-03-01T12:06:00Z');
  await register.documents.noteBrokenOff();
  await register.documents.noteBrokenOff();
  const expected = { at: '2026-03-01T12:00:00.000Z', action: 'documents.changed', changed: 2 };
  expect(await changes()).toEqual([expected]);
  expect((await told())[0]).toMatchObject({ actor, ipAddress: '203.0.113.7' });
});

it('tells nothing of a call that changed nothing', async () => {
  await register.upsert('lab', [document('a')]);
  await register.upsert('lab', [document('a')]);
  await register.delete('lab', ['unknown']);
  expect(await told()).toHaveLength(1);
});

it('tells how many documents were deleted', async () => {
  await register.upsert('lab', [document('a'), document('b')]);
  await register.delete('lab', ['a', 'b', 'c']);
  const [, ...then] = await told();
  expect(then).toMatchObject([{ action: 'documents.deleted', details: { deleted: 2 } }]);
});
