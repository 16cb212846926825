import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Why a session ended; `ran_out` once the trail says so. */
type SessionEnd = 'ended_by_person' | 'ended_by_issuer' | 'person_inactive' | 'ran_out';

@Entity({ name: 'sessions' })
@Index('sessions_of_person', ['accountId', 'userId', 'startedAt', 'sessionId'], { where: 'ended_because IS NULL' })
@Index('sessions_of_subject', ['issuerSubject'], { where: 'ended_because IS NULL' })
@Index('sessions_of_issuer', ['issuerSession'], { where: 'ended_because IS NULL AND issuer_session IS NOT NULL' })
@Index('sessions_over', ['overAt'])
@Index('sessions_running', ['overAt'], { where: 'ended_because IS NULL' })
export class SessionEntity {
  @PrimaryColumn({ name: 'session_id', type: 'uuid', primaryKeyConstraintName: 'sessions_key' })
  readonly sessionId!: string;

  @Column({ name: 'account_id', type: 'text', collation: 'C' })
  readonly accountId!: string;

  @Column({ name: 'user_id', type: 'text', collation: 'C' })
  readonly userId!: string;

  @Column({ name: 'started_at', type: 'timestamptz' })
  readonly startedAt!: Date;

  @Column({ name: 'last_seen_at', type: 'timestamptz' })
  readonly lastSeenAt!: Date;

  @Column({ name: 'idle_seconds', type: 'integer' })
  readonly idleSeconds!: number;

  /** At the latest, however much it is used. */
  @Column({ name: 'ends_at', type: 'timestamptz' })
  readonly endsAt!: Date;

  /** When it is over if nobody uses it, or when it was ended. */
  @Column({ name: 'over_at', type: 'timestamptz' })
  readonly overAt!: Date;

  @Column({ name: 'ended_because', type: 'text', nullable: true })
  readonly endedBecause!: SessionEnd | null;

  @Column({ name: 'ip_address', type: 'text' })
  readonly ipAddress!: string;

  @Column({ name: 'user_agent', type: 'text' })
  readonly userAgent!: string;

  @Column({ name: 'issuer', type: 'text' })
  readonly issuer!: string;

  @Column({ name: 'issuer_subject', type: 'text' })
  readonly issuerSubject!: string;

  @Column({ name: 'issuer_session', type: 'text', nullable: true })
  readonly issuerSession!: string | null;
}
