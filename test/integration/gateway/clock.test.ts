// The gateway has no database, but its clock decides how long tokens and sessions last.
import { openEntrance, type Entrance } from './harness.js';

let entrance: Entrance;

beforeAll(async () => {
  entrance = await openEntrance();
}, 60_000);
afterAll(() => entrance?.close());

async function clock(): Promise<string | undefined> {
  const report = (await (await fetch(`${entrance.healthUrl}/health/ready`)).json()) as {
    parts: Record<string, string>;
  };
  return report.parts['clock'];
}

it("is said to be off when it differs from the database's", async () => {
  expect(await clock()).toBe('ok');
  entrance.neighbours.databaseAheadMs = -3_600_000;
  expect(await clock()).toBe("this machine's clock is 3600 s ahead of the database's");
  entrance.neighbours.databaseAheadMs = 60_000;
  expect(await clock()).toBe("this machine's clock is 60 s behind the database's");
});

it('counts as right while the scheduler is away', async () => {
  await entrance.neighbours.stopScheduler();
  expect(await clock()).toBe('ok');
});
