// As many OUs as a directory may have, as deep as they may lie, with names as long as they may be.
import { readFileSync } from 'node:fs';
import { MAX_ORG_UNIT_DEPTH } from '@account-backups/contracts';
import { documentsOf, putFile } from '../../support/build-yard/documents.js';
import { openYard, type Yard } from '../../support/build-yard/yard.js';
import { completed, openArchive } from './harness.js';

const ORG_UNITS = 49_900;

let yard: Yard;

beforeAll(async () => {
  yard = await openYard();
  await yard.startBuilder({ NODE_FLAGS: '--max-semi-space-size=2 --max-old-space-size=160', MALLOC_ARENA_MAX: '2' });
});
afterAll(() => yard?.close());

/** Chains as deep as the edge takes them. */
const deepOrgUnits = Array.from({ length: ORG_UNITS }, (_, at) => ({
  orgUnitId: `unit-${at}`,
  name: `${at} `.padEnd(300, 'Quality and Regulatory Affairs '),
  parentOrgUnitId: at % MAX_ORG_UNIT_DEPTH === 0 ? null : `unit-${at - 1}`,
}));

it('an archive of them is made, by a builder that holds little', async () => {
  const content = await putFile(yard.store, 'lab', 'f-0', Buffer.from('a procedure'));
  const documents = { ...documentsOf([{ content }]), moreOrgUnits: deepOrgUnits };
  const outcome = await completed(yard, await yard.order('lab', documents));
  const archive = await openArchive(yard.store, outcome.objectKey);
  expect(archive.files).toEqual(new Map([['f-0', content.sha256]]));
  const status = readFileSync(`/proc/${yard.builders[0]?.pid}/status`, 'utf8');
  expect(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1])).toBeLessThan(450 * 1_024);
});
