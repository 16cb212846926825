import { AppError } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { BuildEntity } from './build.entity.js';
import { BuildsRepository } from './builds.repository.js';
import { DriveService } from './drive.service.js';

/** What is said of a build whose work ended with this error, for the so-many-th time; nothing where it goes on. */
async function saidOf(error: unknown, attempts: number): Promise<readonly unknown[]> {
  const said: unknown[] = [];
  const module = await Test.createTestingModule({
    providers: [
      DriveService,
      { provide: BuildsRepository, useValue: { fail: async () => undefined } },
      { provide: Bus, useValue: { publish: async (name: string, fact: object) => void said.push({ name, ...fact }) } },
    ],
  })
    .useMocker(() => ({}))
    .compile();
  Logger.overrideLogger(false);
  const build = Object.assign(new BuildEntity(), { buildId: 'u', accountId: 'lab', backupId: 'b' });
  const isOver = await module.get(DriveService).failIfHopeless(build, error, attempts);
  return isOver ? said : [];
}

const failed = (code: string, message: string) => [
  { name: 'archive.failed', accountId: 'lab', backupId: 'b', code, message: expect.stringContaining(message) },
];

describe('a build that no attempt can end well', () => {
  it('fails at once, naming the document that is to blame', async () => {
    const error = new AppError('SOURCE_UNUSABLE', 'x', { details: { documentId: 'doc-7', index: 'SOP-007' } });
    expect(await saidOf(error, 1)).toEqual(failed('build_failed', 'SOP-007 (doc-7)'));
  });

  it('fails when a fault of ours comes a second time', async () => {
    expect(await saidOf(new TypeError('x'), 1)).toEqual([]);
    expect(await saidOf(new TypeError('x'), 2)).toEqual(failed('build_failed', 'would end in the same way'));
  });

  it('fails when its archive was read three times and is not what was written', async () => {
    const error = new AppError('ARCHIVE_UNREADABLE', 'data/a.pdf differs');
    expect([await saidOf(error, 1), await saidOf(error, 2)]).toEqual([[], []]);
    expect(await saidOf(error, 3)).toEqual(failed('build_failed', 'data/a.pdf differs'));
  });

  it('fails when none of its contents can be read', async () => {
    expect(await saidOf(new AppError('CONTENTS_LOST', 'x'), 1)).toEqual(failed('contents_lost', 'None of the files'));
  });

  it.each([new AppError('OBJECT_STORE_UNAVAILABLE', 'x'), new Error('ENOSPC')])(
    'is not one that %s may have stopped',
    async (error) => {
      expect(await saidOf(error, 8)).toEqual([]);
    },
  );
});
