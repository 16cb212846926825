import type { PayloadInput } from '@account-backups/contracts';
import { IntakeRun } from './intake-run.js';

type Sent = PayloadInput<'documents.upsert'>;

const actor = { kind: 'program', id: 'host', name: null } as const;
const calledBy = { actor, ipAddress: '203.0.113.7', userAgent: 'curl/8' };

/** What the register is sent of so many documents. */
async function sentOf(documents: number): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const request = async (name: string, payload: Sent) => {
    if (name === 'documents.upsert') sent.push(payload);
    return { accepted: 0, orgUnits: [] };
  };
  const run = new IntakeRun({ request } as never, { accountId: 'lab', calledBy, firstTurn: 5 });
  for (let number = 1; number <= documents; number += 1) {
    const document = { documentId: `d${number}`, index: 'SOP-1', title: 'Title', type: 'SOP', orgUnitIds: ['chem'] };
    await run.take({ number, bytes: Buffer.from(JSON.stringify(document)) });
  }
  expect((await run.end()).accepted).toBe(documents);
  return sent;
}

describe('a run of documents', () => {
  it.each([
    [0, []],
    [1, [1]],
    [250, [250]],
    [251, [250, 1]],
    [500, [250, 250]],
  ])('sends %i documents in messages of %j, of one call, whose last one says so', async (documents, counts) => {
    const sent = await sentOf(documents);
    expect(sent.map((message) => message.documents.length)).toEqual(counts);
    expect(sent.map(({ turn }) => turn)).toEqual(counts.map((_, nth) => 5 + nth));
    const calls = counts.map((_, nth) => ({ calledBy, firstTurn: 5, isLast: nth === counts.length - 1 }));
    expect(sent.map(({ call }) => call)).toEqual(calls);
  });
});
