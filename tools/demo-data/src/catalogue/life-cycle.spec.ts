import { SeededRandom } from '../seeded-random.js';
import { drawLifeCycle, versionNumber } from './life-cycle.js';

const drawn = Array.from({ length: 500 }, (_, seed) => drawLifeCycle(new SeededRandom(String(seed))));

describe('a life cycle', () => {
  it('has at most one authorised version, and only superseded ones before it', () => {
    const authorisedAt = drawn.map(({ states }) => states.indexOf('authorised')).filter((at) => at >= 0);
    const before = drawn.map(({ states }) => states.slice(0, Math.max(0, states.indexOf('authorised'))));
    expect(authorisedAt.length).toBeGreaterThan(300);
    expect(before.flat().every((state) => state === 'superseded')).toBe(true);
    expect(drawn.every(({ states }) => states.filter((state) => state === 'authorised').length <= 1)).toBe(true);
  });

  it('is drawn in every state there is', () => {
    const states = ['authorised', 'awaiting_authorisation', 'draft', 'pending_release', 'superseded'];
    expect([...new Set(drawn.flatMap((cycle) => cycle.states))].sort()).toEqual(states);
  });

  it('numbers releases in whole numbers and what follows them in between', () => {
    const states = ['superseded', 'authorised', 'draft'] as const;
    expect(states.map((_, index) => versionNumber(states, index))).toEqual(['1.0', '2.0', '2.1']);
    expect(versionNumber(['draft'], 0)).toBe('0.1');
  });
});
