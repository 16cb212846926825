import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The content of a file as registered; it never changes. */
@Entity({ name: 'files' })
@Index('files_object', ['objectKey'])
export class FileEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'files_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'file_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'files_key' })
  readonly fileId!: string;

  @Column({ name: 'object_key', type: 'text' })
  readonly objectKey!: string;

  @Column({ name: 'size_bytes', type: 'bigint', transformer: bigintAsNumber })
  readonly sizeBytes!: number;

  @Column({ name: 'sha256', type: 'text' })
  readonly sha256!: string;

  /** Unsigned, so it needs more than an integer. */
  @Column({ name: 'crc32', type: 'bigint', transformer: bigintAsNumber })
  readonly crc32!: number;
}
