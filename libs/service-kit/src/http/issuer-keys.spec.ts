import { Logger } from '@nestjs/common';
import { errors, exportJWK, generateKeyPair, type FlattenedJWSInput, type JWK } from 'jose';
import { IssuerKeys } from './issuer-keys.js';

const HOUR_MS = 3_600_000;
const away = new Error('connect ECONNREFUSED');
const unused = {} as FlattenedJWSInput;

let key: JWK;
const warnings: unknown[] = [];
beforeAll(async () => {
  key = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), alg: 'ES256' };
});
beforeEach(() => {
  warnings.length = 0;
  const quiet = () => undefined;
  Logger.overrideLogger({ log: quiet, error: quiet, warn: (entry: unknown) => warnings.push(entry) });
});

/** An issuer whose keys, whose absence and whose time the test sets. */
function issuer() {
  const state = { kids: ['first'], use: 'sig', isAway: false, nowMs: 0, fetches: 0 };
  const keys = new IssuerKeys({
    issuer: 'https://issuer.example',
    now: () => state.nowMs,
    fetchKeys: async () => {
      state.fetches += 1;
      if (state.isAway) throw away;
      return { keys: state.kids.map((kid) => ({ ...key, kid, use: state.use }) as JWK & { kty: string }) };
    },
  });
  const find = async (kid: string, alg = 'ES256') => keys.find({ alg, kid }, unused);
  return { state, find };
}

describe('the keys of an issuer', () => {
  it('are fetched once for all who ask', async () => {
    const { state, find } = issuer();
    await Promise.all([find('first'), find('first'), find('first')]);
    await find('first');
    expect(state.fetches).toBe(1);
  });

  it('go on for hours while it is away, with one warning', async () => {
    const { state, find } = issuer();
    await find('first');
    state.isAway = true;
    for (state.nowMs = HOUR_MS; state.nowMs < 12 * HOUR_MS; state.nowMs += HOUR_MS) await find('first');
    expect(warnings).toEqual([expect.objectContaining({ event: 'issuer.away', error: away })]);
    state.nowMs = 12 * HOUR_MS;
    await expect(find('first')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('that it withdrew are not taken once it can be asked', async () => {
    const { state, find } = issuer();
    await find('first');
    state.kids = ['second'];
    state.nowMs = HOUR_MS;
    await expect(find('first')).rejects.toThrow(errors.JWKSNoMatchingKey);
  });

  it('are followed through two rotations in a row', async () => {
    const { state, find } = issuer();
    await find('first');
    state.nowMs = 3_000;
    state.kids = ['second'];
    await find('second');
    state.nowMs = 6_000;
    state.kids = ['third'];
    await expect(find('third')).resolves.toBeDefined();
  });

  it('are not fetched for each unknown one', async () => {
    const { state, find } = issuer();
    await find('first');
    state.nowMs = 3_000;
    const guesses = Array.from({ length: 20 }, (_, at) => find(`guess ${at}`));
    const outcomes = await Promise.allSettled(guesses);
    expect(outcomes.map(({ status }) => status)).toEqual(guesses.map(() => 'rejected'));
    expect(state.fetches).toBe(2);
  });

  it('leave a key that may be new undecided while it is away', async () => {
    const { state, find } = issuer();
    await find('first');
    state.isAway = true;
    state.nowMs = 3_000;
    await expect(find('second')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('are tried anew at once where none are known', async () => {
    const { state, find } = issuer();
    state.isAway = true;
    await expect(find('first')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    state.isAway = false;
    await expect(find('first')).resolves.toBeDefined();
  });

  it('fit no other algorithm than their own', async () => {
    await expect(issuer().find('first', 'ES384')).rejects.toThrow(errors.JWKSNoMatchingKey);
  });

  it('that are for encryption check no signature', async () => {
    const { state, find } = issuer();
    state.use = 'enc';
    await expect(find('first')).rejects.toThrow(errors.JWKSNoMatchingKey);
  });
});
