import { AppError, type ErrorCode } from '@account-backups/contracts';
import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { BuildsRepository } from '../builds/builds.repository.js';
import { ClaimedWork } from '../builds/claimed-work.service.js';
import { DriveService } from '../builds/drive.service.js';
import { ClosingStep } from './closing.step.js';

const job = { accountId: 'lab', backupId: 'b', buildId: 'u' };

/** What becomes of a build whose closing ends with this error, after so many attempts before. */
async function endOf(code: ErrorCode, attempts: number): Promise<readonly string[]> {
  const said: string[] = [];
  const error = new AppError(code, 'x');
  const claimed: Pick<ClaimedWork, 'onBuild'> = {
    onBuild: async (_id, _status, { settle }) => {
      said.push((await settle?.(error)) ? 'settled' : 'tried again');
      return false;
    },
  };
  const builds = { find: async () => ({ ...job, status: 'building', attempts }) };
  const drive: Pick<DriveService, 'fail' | 'failIfContentsLost'> = {
    failIfContentsLost: async () => false,
    fail: async (_build, reason, message) => void said.push(reason, message),
  };
  const module = await Test.createTestingModule({
    providers: [
      ClosingStep,
      { provide: BuildsRepository, useValue: builds },
      { provide: ClaimedWork, useValue: claimed },
      { provide: DriveService, useValue: drive },
    ],
  })
    .useMocker(() => ({}))
    .compile();
  Logger.overrideLogger(false);
  await module.get(ClosingStep).close(job);
  return said;
}

describe('an archive that is not what was written', () => {
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
