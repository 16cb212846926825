import { bigintAsNumber } from '@account-backups/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const key = { type: 'text', collation: 'C', primaryKeyConstraintName: 'deleted_documents_key' } as const;

/** Which turn deleted a document, kept for as long as a registration of an earlier turn might still come. */
@Entity({ name: 'deleted_documents' })
@Index('deleted_documents_by_age', ['accountId', 'deletedAt'])
export class DeletedDocumentEntity {
  @PrimaryColumn({ ...key, name: 'account_id' })
  readonly accountId!: string;

  @PrimaryColumn({ ...key, name: 'document_id' })
  readonly documentId!: string;

  @Column({ name: 'turn', type: 'bigint', transformer: bigintAsNumber })
  readonly turn!: number;

  @Column({ name: 'deleted_at', type: 'timestamp with time zone', default: () => 'now()' })
  readonly deletedAt!: Date;
}
