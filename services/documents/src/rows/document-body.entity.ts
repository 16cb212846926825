import type { RegisteredDocument } from '@account-backups/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The whole document as registered, kept apart from the rows that are walked to select documents. */
@Entity({ name: 'document_bodies' })
export class DocumentBodyEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'document_bodies_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'document_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'document_bodies_key' })
  readonly documentId!: string;

  @Column({ name: 'body', type: 'jsonb' })
  readonly body!: RegisteredDocument;
}
