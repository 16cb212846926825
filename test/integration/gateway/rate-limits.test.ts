// How many calls a minute the gateway accepts, and how it answers more.
import { CookieJar } from '../../support/cookie-jar.js';
import { openEntrance, refusal, type Entrance } from './harness.js';

const TOO_MANY = { status: 429, code: 'TOO_MANY_REQUESTS' };
const LIMIT = 20;

let entrance: Entrance;
beforeEach(async () => {
  entrance = await openEntrance({ RATE_LIMIT_PER_MINUTE: String(LIMIT) });
});
afterEach(() => entrance?.close());

async function callUntilRefused(call: () => Promise<Response>): Promise<{ taken: number; refused: Response }> {
  for (let taken = 0; ; taken += 1) {
    const answer = await call();
    if (answer.status === 429 || taken > LIMIT) return { taken, refused: answer };
    await answer.arrayBuffer();
  }
}

it('refuses a person who calls more often, and nobody else', async () => {
  entrance.neighbours.active.set('mona@northfield', { name: 'Mona' });
  const [ada, mona] = [new CookieJar(), new CookieJar()];
  await entrance.signIn(ada, 'ada@northfield');
  await entrance.signIn(mona, 'mona@northfield');
  const { taken, refused } = await callUntilRefused(() => ada.follow(`${entrance.url}/api/v1/me`));
  // Coming back from the sign-in was the first call.
  expect(taken).toBe(LIMIT - 1);
  const retryAfter = Number(refused.headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(60);
  expect(await refusal(refused)).toEqual(TOO_MANY);
  expect((await mona.follow(`${entrance.url}/api/v1/me`)).status).toBe(200);
});

it('refuses an address from which tokens are guessed', async () => {
  const guess = () => fetch(`${entrance.url}/api/v1/me`, { headers: { authorization: 'Bearer guessed' } });
  const { taken, refused } = await callUntilRefused(guess);
  expect(taken).toBe(LIMIT);
  expect(await refusal(refused)).toEqual(TOO_MANY);
});
