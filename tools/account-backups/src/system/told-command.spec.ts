import { AppError, trailRecord, type PayloadInput } from '@account-backups/contracts';
import { toldCommand } from './told-command.js';

let told: PayloadInput<'trail.record'>['records'];
let isAway: boolean;

const bus = {
  request: async (_name: string, { records }: PayloadInput<'trail.record'>) => {
    if (isAway) throw new AppError('BROKER_UNAVAILABLE', 'away');
    told.push(...records);
    return {} as never;
  },
} as Parameters<typeof toldCommand>[0];

beforeEach(() => {
  [told, isAway] = [[], false];
});

describe('toldCommand', () => {
  it('tells the audit before the command begins', async () => {
    const before = await toldCommand(bus, 'scan', async () => told.length);
    expect(before).toBe(1);
    expect(told.map((record) => trailRecord.parse(record))).toMatchObject([
      {
        chainId: '~system',
        action: 'command.run',
        outcome: 'ok',
        actor: { kind: 'operator' },
        details: { command: 'scan' },
      },
    ]);
  });

  it('tells how it failed', async () => {
    const failing = toldCommand(bus, 'keys add', () => Promise.reject(new AppError('KEY_IN_USE', 'no')), 'key/seal');
    await expect(failing).rejects.toMatchObject({ code: 'KEY_IN_USE' });
    expect(told[1]).toMatchObject({ subject: 'key/seal', outcome: 'failed', details: { code: 'KEY_IN_USE' } });
  });

  it('begins nothing that it cannot tell of', async () => {
    isAway = true;
    let isBegun = false;
    const refused = toldCommand(bus, 'scan', async () => (isBegun = true));
    await expect(refused).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    expect(isBegun).toBe(false);
  });
});
