import type { TrailEntry } from '@account-backups/contracts';
import { csvOfEntry, CSV_HEAD } from './entry-csv.js';

const entry: TrailEntry = {
  sequence: 3,
  at: '2026-03-01T12:00:00.000Z',
  actor: { kind: 'person', id: 'ada', name: '=Ada' },
  action: 'backup.requested',
  subject: 'backup/1',
  outcome: 'ok',
  ipAddress: '203.0.113.7',
  userAgent: null,
  details: { orgUnits: 2 },
};

describe('csvOfEntry', () => {
  it('has a field for each name', () => {
    expect(CSV_HEAD.split(',')).toHaveLength(11);
    expect(csvOfEntry(entry)).toBe(
      `3,2026-03-01T12:00:00.000Z,person,ada,'=Ada,backup.requested,backup/1,ok,203.0.113.7,,"{""orgUnits"":2}"\r\n`,
    );
  });
});
