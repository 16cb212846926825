import { rangesOfBytes } from '@account-backups/zip';
import { BACKUP_ID } from '../testing/bag-archive.js';
import { measureWhole, recordFaults } from './recorded-archive.js';

const bytes = Buffer.alloc(2_500_000, 'account backups');
const recorded = { source: 'system', backupId: BACKUP_ID } as const;

describe('recordFaults', () => {
  it('finds none in the archive that was recorded', async () => {
    const whole = await measureWhole(rangesOfBytes(bytes), bytes.length);
    expect(whole.sizeBytes).toBe(2_500_000);
    expect(recordFaults({ ...recorded, ...whole }, whole, BACKUP_ID)).toEqual([]);
  });

  it('names what differs', async () => {
    const whole = await measureWhole(rangesOfBytes(bytes), bytes.length);
    const other = await measureWhole(rangesOfBytes(bytes.subarray(1)), bytes.length - 1);
    const faults = recordFaults({ ...recorded, ...other }, whole, null);
    expect(faults.map(({ fault }) => fault)).toEqual([
      `its backup is unknown, the system says ${BACKUP_ID}`,
      'its size is 2500000, the system says 2499999',
      `its SHA-256 is ${whole.sha256}, the system says ${other.sha256}`,
    ]);
  });
});
