import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The content of a file as it came in; it never changes. */
@Entity({ name: 'files' })
export class FileEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'files_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'file_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'files_key' })
  readonly fileId!: string;

  @Column({ name: 'object_key', type: 'text' })
  readonly objectKey!: string;

  @Column({ name: 'size_bytes', type: 'bigint' })
  readonly sizeBytes!: string;

  @Column({ name: 'sha256', type: 'text' })
  readonly sha256!: string;

  /** Unsigned, so it needs more than an integer. */
  @Column({ name: 'crc32', type: 'bigint' })
  readonly crc32!: string;
}
