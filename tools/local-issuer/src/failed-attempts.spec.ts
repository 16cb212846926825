import { FailedAttempts } from './failed-attempts.js';

function failing(times: number): FailedAttempts {
  const attempts = new FailedAttempts();
  for (let time = 0; time < times; time += 1) attempts.add('ada@northfield', 1_000 + time);
  return attempts;
}

describe('failed sign-ins', () => {
  it('are too many at ten in five minutes', () => {
    expect(failing(9).tooMany('ada@northfield', 2_000)).toBe(false);
    expect(failing(10).tooMany('ada@northfield', 2_000)).toBe(true);
  });

  it('are counted by name', () => {
    expect(failing(10).tooMany('felix@northfield', 2_000)).toBe(false);
  });

  it("that were nobody's fault are taken back", () => {
    const attempts = failing(10);
    attempts.takeBack('ada@northfield');
    expect(attempts.tooMany('ada@northfield', 2_000)).toBe(false);
  });

  it('are forgotten after five minutes, and after a success', () => {
    const attempts = failing(10);
    expect(attempts.tooMany('ada@northfield', 301_001)).toBe(false);
    attempts.clear('ada@northfield');
    expect(attempts.tooMany('ada@northfield', 2_000)).toBe(false);
  });
});
