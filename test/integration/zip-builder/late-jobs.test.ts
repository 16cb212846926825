// Jobs that come after the backup they are for has ended.
import { documentsOf } from '../../support/build-yard/documents.js';
import { openYard, type Yard } from '../../support/build-yard/yard.js';
import { eventually } from '../../support/eventually.js';

let yard: Yard;

beforeAll(async () => {
  yard = await openYard();
  await yard.startBuilder();
}, 120_000);
afterAll(() => yard?.close());

const buildsOf = async (backupId: string) =>
  (await yard.sql.query('SELECT status FROM zip_builder.builds WHERE backup_id = $1', [backupId])).rows;

it('builds nothing for a backup whose deletion came before its first job', async () => {
  const backupId = await yard.note('lab', documentsOf([]));
  await yard.end('lab', backupId);
  await eventually(() => expect(yard.outcomes.get(backupId)?.at(-1)?.status).toBe('deleted'));
  await yard.drive('lab', backupId);
  // Jobs of one queue are taken in turn: when this one's archive is made, the late job was handled.
  const next = await yard.order('lab', documentsOf([]));
  await eventually(() => expect(yard.outcomes.get(next)?.at(-1)?.status).toBe('completed'));
  expect(await buildsOf(backupId)).toEqual([{ status: 'deleted' }]);
}, 120_000);
