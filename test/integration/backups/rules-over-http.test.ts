// Random walks over the HTTP API of a whole running system, each step compared with the rules in `test/model`.
// MODEL_WALKS sets how many walks (default 8) of up to MODEL_STEPS steps (default 120); fast-check prints seed and
// path of a failure, which MODEL_SEED and MODEL_PATH repeat.
import fc from 'fast-check';
import { steps } from '../../model/account-steps.js';
import { looking } from '../../model/look-steps.js';
import { step, USERS } from '../../model/walk-step.js';
import { openWalks, type Walks } from '../../model/walks.js';

const WALKS = Number(process.env['MODEL_WALKS'] ?? 8);
const STEPS = Number(process.env['MODEL_STEPS'] ?? 120);
const SEED = process.env['MODEL_SEED'];
const PATH = process.env['MODEL_PATH'];

// Shrinking a failing walk would never end by itself.
const MAX_MS = Math.max(180_000, WALKS * 45_000);

let walks: Walks;
let taken = 0;

beforeAll(async () => {
  walks = await openWalks();
}, 300_000);

afterAll(() => walks?.close());

it(
  'answers as the rules say, whatever happens in whatever order',
  async () => {
    const walk = fc.asyncProperty(fc.commands(steps, { maxCommands: STEPS, size: 'max' }), async (commands) => {
      const { model, real, leave } = await walks.openAccount();
      try {
        await fc.asyncModelRun(() => ({ model, real }), commands);
        for (const userId of USERS) await step('last look', looking(userId)).run(model, real);
      } finally {
        leave();
      }
      taken += [...commands].length;
    });
    const again = { ...(SEED !== undefined && { seed: Number(SEED) }), ...(PATH !== undefined && { path: PATH }) };
    await fc.assert(walk, {
      numRuns: WALKS,
      interruptAfterTimeLimit: MAX_MS,
      markInterruptAsFailure: true,
      ...again,
    });
    console.log(`${taken} steps in ${WALKS} walks`);
    expect(taken).toBeGreaterThan(0);
  },
  MAX_MS + 60_000,
);

it('leaves the neighbour as it was, whose ids were tried everywhere', async () => {
  expect(await walks.neighbourNow()).toEqual(walks.neighbourAtFirst);
});
