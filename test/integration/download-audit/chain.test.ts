import { openAudit, start, tamper as tamperWith, type Audit } from './harness.js';

let audit: Audit;

beforeEach(async () => {
  audit = await openAudit();
});

afterEach(() => audit.close());

const accountId = 'northfield';
const verify = () => audit.chains.verifyChain({ accountId });
const tamper = (...statements: readonly string[]) => tamperWith(audit, ...statements);

/** Waiting for a free connection times out, so a thousand cannot all wait at once. */
const AT_ONCE = 50;

async function record(times: number): Promise<void> {
  for (let left = times; left > 0; left -= AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => audit.downloads.start(start())));
  }
}

it('knows an empty chain', async () => {
  const head = { sequence: 0, hash: '0'.repeat(64) };
  await expect(audit.chains.getChainHead({ accountId })).resolves.toMatchObject(head);
  await expect(verify()).resolves.toEqual({ links: 0, head, fault: null });
});

it('makes one unbroken chain of what many record at once, each account its own', async () => {
  await Promise.all([record(40), audit.downloads.start(start({ accountId: 'harbour' }))]);
  const { checkpoint: _noted, ...head } = await audit.chains.getChainHead({ accountId });
  expect(head.sequence).toBe(40);
  await expect(verify()).resolves.toEqual({ links: 40, head, fault: null });
  await expect(audit.chains.getChainHead({ accountId: 'harbour' })).resolves.toMatchObject({ sequence: 1 });
});

it('follows a chain over many pages while links are added', async () => {
  await record(1_050);
  const [checked] = await Promise.all([verify(), record(20)]);
  expect(checked.fault).toBeNull();
  expect(checked.links).toBe(checked.head.sequence);
  expect(checked.links).toBeGreaterThanOrEqual(1_050);
});

it.each([
  'UPDATE download_audit.links SET at = now()',
  'DELETE FROM download_audit.links',
  'TRUNCATE download_audit.links',
  'DELETE FROM download_audit.chains',
])('refuses %s', async (statement) => {
  await record(1);
  await expect(audit.database.query(statement)).rejects.toThrow('download records are kept as they were written');
  await expect(verify()).resolves.toMatchObject({ links: 1, fault: null });
});

describe('verify finds', () => {
  beforeEach(() => record(5));

  it('an edited record', async () => {
    await tamper(`UPDATE download_audit.links SET payload = payload || '{"userName":"Nobody"}' WHERE sequence = 3`);
    await expect(verify()).resolves.toMatchObject({ links: 2, fault: { sequence: 3 } });
  });

  it('an edited time', async () => {
    await tamper(`UPDATE download_audit.links SET at = at + interval '1 millisecond' WHERE sequence = 5`);
    await expect(verify()).resolves.toMatchObject({ fault: { sequence: 5 } });
  });

  it('a time that was changed below the millisecond', async () => {
    await tamper(`UPDATE download_audit.links SET at = at + interval '400 microseconds' WHERE sequence = 4`);
    await expect(verify()).resolves.toMatchObject({ links: 3, fault: { sequence: 4 } });
  });

  it('a number that was spelt otherwise', async () => {
    await tamper(`UPDATE download_audit.links SET payload = payload || '{"ofBytes":100.0}' WHERE sequence = 2`);
    await expect(verify()).resolves.toMatchObject({ fault: { sequence: 2 } });
  });

  it('a removed record', async () => {
    await tamper('DELETE FROM download_audit.links WHERE sequence = 2');
    await expect(verify()).resolves.toMatchObject({ fault: { sequence: 2 } });
  });

  it('records that changed places', async () => {
    await tamper(
      'UPDATE download_audit.links SET sequence = 99 WHERE sequence = 2',
      'UPDATE download_audit.links SET sequence = 2 WHERE sequence = 3',
      'UPDATE download_audit.links SET sequence = 3 WHERE sequence = 99',
    );
    await expect(verify()).resolves.toMatchObject({ fault: { sequence: 2 } });
  });

  it('an end that was cut off', async () => {
    await tamper('DELETE FROM download_audit.links WHERE sequence > 3');
    await expect(verify()).resolves.toMatchObject({ links: 3, fault: { sequence: 4 } });
  });

  it('a chain of which nothing is left', async () => {
    await tamper('DELETE FROM download_audit.links');
    await expect(verify()).resolves.toMatchObject({ links: 0, fault: { sequence: 1 } });
  });
});
