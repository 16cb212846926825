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

it('tells of a call by how many documents it changed, and nothing of what they say', async () => {
  await register.upsert('lab', [document('a')]);
  const { turn } = await register.documents.beginChange();
  const documents = [document('a'), document('b'), document('c')];
  await register.documents.upsert({ accountId: 'lab', turn, documents, calledBy });
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
