import type { ShownBackup } from '../rows/shown-backup.js';
import { backupView } from './backup-view.js';

const now = new Date('2026-04-01T00:00:00Z');
const accounted = { expected: 9, included: 6, excluded: { byActivity: 0, asSuperseded: 0 } };
const counts = {
  documents: { ...accounted, exceptions: 1 },
  versions: { ...accounted, exceptions: 0 },
  files: { ...accounted, exceptions: 2 },
};
const row = { status: 'completed', createdAt: now, expiresAt: null, orgUnits: [], exceptionCount: 3 } as never;
const rowOf = (differences: object): ShownBackup => ({ ...(row as ShownBackup), ...differences });

describe('backupView', () => {
  it('tells whole documents from files among the exceptions', () => {
    expect(backupView(rowOf({ counts }), now)).toMatchObject({ exceptionCounts: { documents: 1, files: 2 } });
  });

  it('tells their sum alone where no more was kept', () => {
    expect(backupView(rowOf({ counts: null }), now)).not.toHaveProperty('exceptionCounts');
  });
});
