import type { ByteRange } from '@account-backups/contracts';
import { changedAny } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager, type Repository } from 'typeorm';
import { ChainWriter } from '../chains/chain-writer.js';
import { coarser, piecesOf } from './distinct-bytes.js';
import type { LinkContent } from '../rows/link.js';
import { TallyEntity } from '../rows/tally.entity.js';

/** So many pieces are told apart: a row stays below 20 kB. */
const MAX_PIECES = 512;

type TallyIds = Pick<TallyEntity, 'accountId' | 'backupId' | 'downloadId'>;

interface EndedRange extends TallyIds {
  readonly transferId: string;
  readonly taken: ByteRange;
  readonly at: Date;
  /** When the chain is told of a tally that is new. */
  readonly recordAfter: Date;
}

@Injectable()
export class TalliesRepository {
  private readonly tallies: Repository<TallyEntity>;

  constructor(
    private readonly database: DataSource,
    private readonly writer: ChainWriter,
  ) {
    this.tallies = database.getRepository(TallyEntity);
  }

  /** Takes a range off those under way and adds it, both or neither. False where it is not under way. */
  async add({ transferId, ...ended }: EndedRange): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const forget = 'DELETE FROM download_audit.transfers WHERE transfer_id = $1 AND unrecorded IS NOT NULL';
      if (!(await changedAny(manager, forget, [transferId]))) return false;
      const tally = await holdTally(manager, ended);
      const pieces = coarser(piecesOf([...tally.pieces, ended.taken]), MAX_PIECES);
      await manager.query(ADD_RANGE, [ended.downloadId, JSON.stringify(pieces), ended.at]);
      return true;
    });
  }

  async isKept({ accountId, backupId, downloadId }: TallyIds): Promise<boolean> {
    return this.tallies.existsBy({ accountId, backupId, downloadId });
  }

  of(accountId: string, downloadIds: readonly string[]): Promise<TallyEntity[]> {
    return this.tallies.findBy({ accountId, downloadId: In(downloadIds) });
  }

  /** Those that the chain is to be told of, the longest due first. */
  due(at: Date, limit: number): Promise<TallyEntity[]> {
    return this.tallies
      .createQueryBuilder('tally')
      .where('tally.recordedRanges < tally.ranges AND tally.recordAfter <= :at', { at })
      .orderBy('tally.recordAfter')
      .limit(limit)
      .getMany();
  }

  /** Adds to the chain what a tally held when it was read, unless somebody has told as much. */
  async record({ downloadId, ranges }: TallyEntity, link: LinkContent, next: Date): Promise<void> {
    await this.database.transaction(async (manager) => {
      if (await changedAny(manager, NOTE_RECORDED, [downloadId, ranges, next])) await this.writer.append(manager, link);
    });
  }
}

/** The tally of a download, locked until the transaction ends; an empty one where there was none. */
async function holdTally(manager: EntityManager, ended: Omit<EndedRange, 'transferId'>): Promise<TallyEntity> {
  const { downloadId, accountId, backupId, at, recordAfter } = ended;
  await manager.query(BEGIN_TALLY, [downloadId, accountId, backupId, recordAfter, at]);
  return manager.findOneOrFail(TallyEntity, { where: { downloadId }, lock: { mode: 'pessimistic_write' } });
}

const BEGIN_TALLY = `
  INSERT INTO download_audit.tallies
    (download_id, account_id, backup_id, ranges, recorded_ranges, record_after, pieces, last_ended_at)
  VALUES ($1, $2, $3, 0, 0, $4, '[]', $5) ON CONFLICT (download_id) DO NOTHING`;
const ADD_RANGE = `
  UPDATE download_audit.tallies
  SET ranges = ranges + 1, pieces = $2, last_ended_at = greatest(last_ended_at, $3) WHERE download_id = $1`;
const NOTE_RECORDED = `
  UPDATE download_audit.tallies SET recorded_ranges = $2, record_after = $3
  WHERE download_id = $1 AND recorded_ranges < $2`;
