import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A token by which an issuer signed somebody out; none is taken twice. */
@Entity({ name: 'logout_tokens' })
@Index('logout_tokens_taken', ['takenAt'])
export class LogoutTokenEntity {
  @PrimaryColumn({ name: 'issuer', type: 'text', primaryKeyConstraintName: 'logout_tokens_key' })
  readonly issuer!: string;

  @PrimaryColumn({ name: 'token_id', type: 'text', primaryKeyConstraintName: 'logout_tokens_key' })
  readonly tokenId!: string;

  /** Of the message that brought it. */
  @Column({ name: 'request_id', type: 'uuid' })
  readonly requestId!: string;

  @Column({ name: 'taken_at', type: 'timestamptz' })
  readonly takenAt!: Date;
}
