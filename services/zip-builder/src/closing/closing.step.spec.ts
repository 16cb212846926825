import { AppError, type ErrorCode } from '@account-backups/contracts';
import { Logger } from '@nestjs/common';
import type { ClaimedWork, Step } from './claimed-work.service.js';
import type { CloserService } from './closer.service.js';
import { ClosingService } from './closing.service.js';
import type { BuildsRepository } from './builds.repository.js';
import type { DriveService } from './drive.service.js';

const job = { accountId: 'lab', backupId: 'b', buildId: 'u' };

/** What becomes of a build whose closing ends with this error, after so many attempts before. */
async function endOf(code: ErrorCode, attempts: number): Promise<readonly string[]> {
  const said: string[] = [];
  const error = new AppError(code, 'x');
  const claimed = {
    onBuild: async (_id: string, _status: string, { settle }: Step) => {
      said.push((await settle?.(error)) ? 'settled' : 'tried again');
      return false;
    },
  } as unknown as ClaimedWork;
  const builds = { find: async () => ({ ...job, status: 'building', attempts }) } as unknown as BuildsRepository;
  const driver = {
    fail: async (_build: unknown, reason: string, message: string) => void said.push(reason, message),
  } as unknown as DriveService;
  const rest = [{} as CloserService, {} as never] as const;
  await new ClosingService(builds, claimed, ...rest, driver, {} as never).close(job);
  return said;
}

describe('an archive that is not what was written', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it('is read again, twice', async () => {
    expect([await endOf('ARCHIVE_UNREADABLE', 0), await endOf('ARCHIVE_UNREADABLE', 1)]).toEqual([
      ['tried again'],
      ['tried again'],
    ]);
  });

  it('fails its backup then, and says why', async () => {
    expect(await endOf('ARCHIVE_UNREADABLE', 2)).toEqual([
      'build_failed',
      expect.stringContaining('not what had been written'),
      'settled',
    ]);
  });

  it('is another thing than a store that is away', async () => {
    expect(await endOf('OBJECT_STORE_UNAVAILABLE', 7)).toEqual(['tried again']);
  });
});
