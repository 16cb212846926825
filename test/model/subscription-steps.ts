import fc from 'fast-check';
import { step, type Act } from './walk-step.js';

const ending = fc.constantFrom<'withdraw' | 'end'>('withdraw', 'end');

export const subscriptionSteps = [
  fc.constant(step('subscribe', subscribing())),
  ending.map((how) => step(how, unsubscribing(how))),
];

/** Starts a term that holds now, or makes an ended one longer. */
export function subscribing(): Act {
  return async (known, { sales, accountId }) => {
    if (known.subscribed) return;
    const path = `/v1/accounts/${accountId}/subscription`;
    const term = { startsOn: '2020-01-01', endsOn: '2099-12-31', reference: 'M', note: 'model' };
    const answer = known.ended
      ? await sales.post(`${path}/extend`, { endsOn: term.endsOn, note: 'model' })
      : await sales.put(path, term);
    expect(answer).toMatchObject({ status: 200, body: { state: 'valid', endsOn: term.endsOn } });
    known.subscribed = true;
    known.ended = false;
  };
}

/** A past day ends the term at once, a day before its first one withdraws it. */
function unsubscribing(how: 'withdraw' | 'end'): Act {
  return async (known, { sales, accountId }) => {
    if (!known.subscribed) return;
    const endsOn = how === 'withdraw' ? '2019-12-31' : '2020-01-02';
    const answer = await sales.post(`/v1/accounts/${accountId}/subscription/end`, { endsOn, note: 'model' });
    expect(answer).toMatchObject({ status: 200, body: { state: how === 'withdraw' ? 'none' : 'expired' } });
    known.subscribed = false;
    known.ended = how === 'end';
  };
}
