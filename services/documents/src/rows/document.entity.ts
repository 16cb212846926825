import { bigintAsNumber } from '@account-backups/database';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Only what selecting and measuring need, so that a million rows are walked in a moment. */
@Entity({ name: 'documents' })
// Of an expression, which TypeORM cannot describe.
@Index('documents_by_first_org_unit', { synchronize: false })
@Check('documents_filed', 'cardinality(org_unit_ids) > 0')
@Check('documents_sizes', 'least(current_files, current_bytes, superseded_files, superseded_bytes) >= 0')
export class DocumentEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'documents_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'document_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'documents_key' })
  readonly documentId!: string;

  /** Of the change that registered it. */
  @Column({ name: 'turn', type: 'bigint', transformer: bigintAsNumber, default: 0 })
  readonly turn!: number;

  /** The highest that the host gave it. */
  @Column({ name: 'revision', type: 'bigint', transformer: bigintAsNumber, nullable: true })
  readonly revision!: number | null;

  @Column({ name: 'active', type: 'boolean' })
  readonly active!: boolean;

  @Column({ name: 'org_unit_ids', type: 'text', array: true })
  readonly orgUnitIds!: string[];

  /** It has versions, and every one is superseded. */
  @Column({ name: 'all_superseded', type: 'boolean' })
  readonly allSuperseded!: boolean;

  /** References from versions that are not superseded to files that are registered. */
  @Column({ name: 'current_files', type: 'integer' })
  readonly currentFiles!: number;

  @Column({ name: 'current_bytes', type: 'bigint', transformer: bigintAsNumber })
  readonly currentBytes!: number;

  @Column({ name: 'superseded_files', type: 'integer' })
  readonly supersededFiles!: number;

  @Column({ name: 'superseded_bytes', type: 'bigint', transformer: bigintAsNumber })
  readonly supersededBytes!: number;

  /** About how many bytes the document and its files take in a page. */
  @Column({ name: 'page_bytes', type: 'bigint', transformer: bigintAsNumber })
  readonly pageBytes!: number;
}
