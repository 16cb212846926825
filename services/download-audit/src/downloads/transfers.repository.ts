import { changedAny } from '@account-backups/database';
import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThan, type Repository } from 'typeorm';
import { TransferEntity } from '../rows/transfer.entity.js';

@Injectable()
export class TransfersRepository {
  private readonly transfers: Repository<TransferEntity>;

  constructor(private readonly database: DataSource) {
    this.transfers = database.getRepository(TransferEntity);
  }

  /** Leaves one that has begun already as it is. */
  async begin(transfer: TransferEntity): Promise<void> {
    const insert = this.transfers.createQueryBuilder().insert().values(transfer);
    // No column to update: nothing is done.
    await insert.orUpdate([], ['transfer_id']).execute();
  }

  /** What was noted earlier may arrive later. Nothing happens once the range has ended. */
  async note({
    accountId,
    transferId,
    bytesSent,
    notedAt,
  }: Pick<TransferEntity, 'accountId' | 'transferId' | 'bytesSent' | 'notedAt'>) {
    await changedAny(
      this.database,
      `UPDATE download_audit.transfers SET bytes_sent = greatest(bytes_sent, $3), noted_at = greatest(noted_at, $4)
       WHERE transfer_id = $1 AND account_id = $2`,
      [transferId, accountId, bytesSent, notedAt],
    );
  }

  find(
    ids: Pick<TransferEntity, 'accountId' | 'backupId' | 'downloadId' | 'transferId'>,
  ): Promise<TransferEntity | null> {
    const { accountId, backupId, downloadId, transferId } = ids;
    return this.transfers.findOneBy({ accountId, backupId, downloadId, transferId });
  }

  async forget(transferId: string): Promise<void> {
    await this.transfers.delete({ transferId });
  }

  of(accountId: string, downloadIds: readonly string[]): Promise<TransferEntity[]> {
    return this.transfers.findBy({ accountId, downloadId: In(downloadIds) });
  }

  /** Those of which nothing was heard since `before`, the longest silent first. */
  silent(before: Date, limit: number): Promise<TransferEntity[]> {
    return this.transfers.find({ where: { notedAt: LessThan(before) }, order: { notedAt: 'ASC' }, take: limit });
  }
}
