import { Column, Entity, PrimaryColumn } from 'typeorm';

/** From when on what a person carries counts: sessions and tokens from before stay void. It outlives the user's row. */
@Entity({ name: 'cut_offs' })
export class CutOffEntity {
  @PrimaryColumn({ name: 'account_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'cut_offs_key' })
  readonly accountId!: string;

  @PrimaryColumn({ name: 'user_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'cut_offs_key' })
  readonly userId!: string;

  @Column({ name: 'not_before', type: 'timestamptz' })
  readonly notBefore!: Date;
}
