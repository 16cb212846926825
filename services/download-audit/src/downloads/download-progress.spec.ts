import { progressOf, type Transfer } from './download-progress.js';

const HOUR_MS = 3_600_000;
const start = Date.parse('2026-01-01T12:00:00.000Z');
const hour = (hours: number) => new Date(start + hours * HOUR_MS);

const transfer = (from: number, bytesSent: number | null, begun = 0): Transfer => ({
  from,
  begunAt: hour(begun),
  noted: null,
  ended: bytesSent === null ? null : { at: hour(begun + 0.5), bytesSent },
});

const progress = (transfers: readonly Transfer[], nowHours = 1) =>
  progressOf({ ofBytes: 100, expiresAt: hour(24), transfers }, hour(nowHours));

describe('a download', () => {
  it('is in progress from its start until its link runs out', () => {
    expect(progress([], 23)).toEqual({ bytesSent: 0, outcome: 'in_progress', endedAt: null });
  });

  it('is interrupted at nothing when its link ran out unused', () => {
    expect(progress([], 24)).toEqual({ bytesSent: 0, outcome: 'interrupted', endedAt: hour(24).toISOString() });
  });

  it('is complete when all bytes were sent, in whatever ranges, and ends with the last of them', () => {
    const transfers = [transfer(50, 50, 2), transfer(0, 60, 1)];
    expect(progress(transfers, 3)).toEqual({
      bytesSent: 100,
      outcome: 'complete',
      endedAt: hour(2.5).toISOString(),
    });
  });

  it('is interrupted where a range ended early and none is under way', () => {
    expect(progress([transfer(0, 41)])).toEqual({
      bytesSent: 41,
      outcome: 'interrupted',
      endedAt: hour(0.5).toISOString(),
    });
  });

  it('shows how far a range under way has got', () => {
    const underWay = { ...transfer(0, null), noted: { at: hour(13), bytesSent: 60 } };
    expect(progress([underWay], 14)).toEqual({ bytesSent: 60, outcome: 'in_progress', endedAt: null });
  });

  it('is in progress again when it is resumed', () => {
    expect(progress([transfer(0, 41), transfer(41, null, 0.9)])).toEqual({
      bytesSent: 41,
      outcome: 'in_progress',
      endedAt: null,
    });
  });

  it('is complete although a range was left open, when others brought everything', () => {
    expect(progress([transfer(0, null), transfer(0, 100)])).toMatchObject({ bytesSent: 100, outcome: 'complete' });
  });

  it('is interrupted when the end of a range was never told', () => {
    expect(progress([transfer(0, null)], 11.9)).toMatchObject({ outcome: 'in_progress' });
    expect(progress([transfer(0, null)], 12)).toEqual({
      bytesSent: 0,
      outcome: 'interrupted',
      endedAt: hour(0).toISOString(),
    });
  });

  it('does not end when its link runs out while a range is under way', () => {
    expect(progress([transfer(0, null, 23)], 25)).toMatchObject({ outcome: 'in_progress' });
  });
});
