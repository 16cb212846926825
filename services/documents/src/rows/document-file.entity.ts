import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const key = { type: 'text', collation: 'C', primaryKeyConstraintName: 'document_files_key' } as const;

/** A file that a document names, whether or not its content is registered. */
@Entity({ name: 'document_files' })
@Index('document_files_by_file', ['accountId', 'fileId'])
export class DocumentFileEntity {
  @PrimaryColumn({ ...key, name: 'account_id' })
  readonly accountId!: string;

  @PrimaryColumn({ ...key, name: 'document_id' })
  readonly documentId!: string;

  @PrimaryColumn({ ...key, name: 'file_id' })
  readonly fileId!: string;

  /** How often versions that are not superseded name it. */
  @Column({ name: 'current_references', type: 'integer' })
  readonly currentReferences!: number;

  @Column({ name: 'superseded_references', type: 'integer' })
  readonly supersededReferences!: number;
}
