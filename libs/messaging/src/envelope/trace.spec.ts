import { currentTrace, outgoingTraceparent, runWithTrace } from './trace.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

describe('a trace', () => {
  it('is of its caller within the work, in a step of its own, and over after it', async () => {
    const seen = await runWithTrace(traceparent, async () => {
      await Promise.resolve();
      return currentTrace();
    });
    expect(seen).toEqual({ traceId, spanId: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(seen?.spanId).not.toBe('00f067aa0ba902b7');
    expect(currentTrace()).toBeUndefined();
  });

  it('goes along with what is sent', () => {
    expect(runWithTrace(traceparent, outgoingTraceparent)).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  });

  it('begins where nothing was running', () => {
    expect(outgoingTraceparent()).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(outgoingTraceparent()).not.toBe(outgoingTraceparent());
  });

  it.each([
    ['nothing', undefined],
    ['no text', 7],
    ['other text', 'x'],
    ['an unknown version', `ff-${traceId}-00f067aa0ba902b7-01`],
    ['capitals', traceparent.toUpperCase()],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['a parent id of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['something behind it', `${traceparent}\n`],
  ])('is a new one for %s', (_what, given) => {
    const seen = runWithTrace(given, currentTrace);
    expect(seen?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect([traceId, '0'.repeat(32)]).not.toContain(seen?.traceId);
  });
});
