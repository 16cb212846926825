import { jest } from '@jest/globals';
import { SharedTime } from './shared-time.js';

describe('SharedTime', () => {
  let elapsedMs = 0;
  beforeEach(() => {
    elapsedMs = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => elapsedMs);
  });
  afterEach(() => jest.restoreAllMocks());

  it('is not known before it was told', () => {
    expect(new SharedTime().nowMs()).toBeUndefined();
  });

  it('goes on from the middle of question and answer', () => {
    const time = new SharedTime();
    elapsedMs = 10;
    time.learn(1_000, 0);
    expect(time.nowMs()).toBe(1_005);
    elapsedMs = 110;
    expect(time.nowMs()).toBe(1_105);
  });

  it('keeps what an answer that took long does not contradict', () => {
    const time = new SharedTime();
    time.learn(1_000, 0);
    elapsedMs = 500;
    time.learn(1_010, 0);
    expect(time.nowMs()).toBe(1_500);
  });

  it.each([-3_600_000, 3_600_000])('follows a database whose clock is set, by %d ms', (byMs) => {
    const time = new SharedTime();
    time.learn(1_000, 0);
    elapsedMs = 100;
    time.learn(1_100 + byMs, 100);
    expect(time.nowMs()).toBe(1_100 + byMs);
  });
});
