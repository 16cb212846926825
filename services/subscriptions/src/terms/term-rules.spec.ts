import { AppError } from '@account-backups/contracts';
import fc from 'fast-check';
import { addDays, startOfDay } from './calendar.js';
import { end, extend, start, type TermChange } from './term-rules.js';
import { stateOf, type Moment, type Term } from './term-state.js';

const term = (startsOn: string, endsOn: string): Term => ({ startsOn, endsOn, reference: null });
const noonOf = (day: string): Moment => ({
  now: new Date(startOfDay(day, 'UTC').getTime() + 12 * 3_600_000),
  timeZone: 'UTC',
});

const winter = term('2026-01-01', '2026-01-31');
const spring = term('2026-03-01', '2026-05-31');
const autumn = term('2026-09-01', '2026-10-31');
const all = [winter, spring, autumn];

describe('start', () => {
  it('takes a term that touches its neighbours', () => {
    expect(start([winter, spring], term('2026-02-01', '2026-02-28')).action).toBe('started');
  });

  it.each([
    ['2026-01-31', '2026-02-28'],
    ['2026-02-01', '2026-03-01'],
    ['2025-01-01', '2027-01-01'],
    ['2026-04-01', '2026-04-01'],
  ])('refuses one from %s to %s that shares a day', (startsOn, endsOn) => {
    expect(() => start(all, term(startsOn, endsOn))).toThrow('would overlap');
  });
});

describe('extend', () => {
  it('makes the current term longer', () => {
    expect(extend(all, '2026-06-30', noonOf('2026-04-01')).term).toEqual({ ...spring, endsOn: '2026-06-30' });
  });

  it('makes the next one longer where none is current', () => {
    expect(extend(all, '2026-06-30', noonOf('2026-02-10')).term.startsOn).toBe(spring.startsOn);
  });

  it('makes the last one longer where all are over, whatever lies between', () => {
    expect(extend(all, '2027-06-30', noonOf('2027-01-01')).term).toEqual({ ...autumn, endsOn: '2027-06-30' });
  });

  it('refuses a day that is not later', () => {
    const same = () => extend(all, spring.endsOn, noonOf('2026-04-01'));
    expect(same).toThrow(
      expect.objectContaining({ code: 'VALIDATION_FAILED', errors: [expect.objectContaining({ path: 'endsOn' })] }),
    );
  });

  it('refuses to reach the next one', () => {
    expect(() => extend(all, autumn.startsOn, noonOf('2026-04-01'))).toThrow('would overlap');
  });

  it('finds nothing to extend in an account that never had a term', () => {
    expect(() => extend([], '2027-01-01', noonOf('2026-04-01'))).toThrow('never had a term');
  });
});

describe('end', () => {
  it('makes today the last day', () => {
    expect(end(all, undefined, noonOf('2026-04-01'))).toEqual({
      action: 'ended',
      term: { ...spring, endsOn: '2026-04-01' },
    });
  });

  it('takes a past day, so that the term is over at once', () => {
    const change = end([spring], '2026-03-15', noonOf('2026-04-01'));
    expect(stateOf(change ? [change.term] : [], noonOf('2026-04-01')).state).toBe('expired');
  });

  it('withdraws a term that has not begun', () => {
    expect(end([spring], undefined, noonOf('2026-02-01'))).toEqual({ action: 'withdrawn', term: spring });
  });

  it('withdraws a current one when its last day would lie before its first', () => {
    expect(end([spring], '2026-02-28', noonOf('2026-04-01'))).toEqual({ action: 'withdrawn', term: spring });
  });

  it('changes nothing where the term ends that day anyway', () => {
    expect(end([spring], undefined, noonOf(spring.endsOn))).toBeUndefined();
  });

  it('makes no term longer', () => {
    expect(() => end([spring], '2026-06-01', noonOf('2026-04-01'))).toThrow('endsOn');
  });

  it('finds nothing to end where all is over', () => {
    expect(() => end(all, undefined, noonOf('2027-01-01'))).toThrow('no term is valid');
  });
});

const someDay = fc.integer({ min: 0, max: 60 }).map((count) => addDays('2026-01-01', count));
const operations = fc.array(
  fc.record({
    kind: fc.constantFrom('start', 'extend', 'end'),
    today: someDay,
    startsOn: someDay,
    endsOn: someDay,
  }),
  { maxLength: 25 },
);

function attempt(decide: () => TermChange | undefined): TermChange | undefined {
  try {
    return decide();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function afterwards(terms: readonly Term[], change: TermChange | undefined): Term[] {
  if (!change) return [...terms];
  const others = terms.filter(({ startsOn }) => startsOn !== change.term.startsOn);
  const kept = change.action === 'withdrawn' ? others : [...others, change.term];
  return kept.sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
}

it('keeps terms apart and forwards, whatever is done in whatever order', () => {
  fc.assert(
    fc.property(operations, (done) => {
      let terms: Term[] = [];
      for (const { kind, today, startsOn, endsOn } of done) {
        const [from = startsOn, to = endsOn] = [startsOn, endsOn].sort();
        const rules = {
          start: () => start(terms, term(from, to)),
          extend: () => extend(terms, endsOn, noonOf(today)),
          end: () => end(terms, endsOn, noonOf(today)),
        };
        terms = afterwards(terms, attempt(rules[kind]));
        const borders = terms.flatMap((one) => [one.startsOn, `${one.endsOn} end`]);
        expect(borders).toEqual([...new Set(borders)].sort());
      }
    }),
  );
});
