import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { changed, sql, type Damages } from './victim.js';

// amqplib belongs to the messaging library; here it does what no service would do
const { connect } = createRequire(import.meta.url)('amqplib') as typeof import('amqplib');

/** To rows of backups and what drives them. */
export const backupDamages: Damages = {
  'request-lost': async (victim) => {
    const { backupId } = victim.next();
    await sql(victim, 'DELETE FROM backups.backups WHERE backup_id = $1', backupId);
    return backupId;
  },
  'backup-unasked': async (victim) => {
    const backupId = randomUUID();
    await sql(victim, DOUBLE, victim.next().backupId, backupId);
    return backupId;
  },
  'request-altered': (victim) => changed(victim, 'all_org_units = NOT all_org_units'),
  'not-final': (victim) => changed(victim, `status = 'in_progress', driven_at = 'infinity'`),
  'password-kept': async (victim) => {
    await sql(victim, 'ALTER TABLE backups.backups DROP CONSTRAINT backups_wiped');
    return changed(victim, `sealed_password = 'a seal'`);
  },
  failed: (victim) => changed(victim, `status = 'failed', failure_code = 'build_failed', archive_deleted_at = now()`),
  'rights-not-taken': async (victim) => {
    const { backupId } = victim.next();
    const failed = `status = 'failed', failure_code = 'permission_lost', archive_deleted_at = now()`;
    await sql(victim, `UPDATE backups.backups SET ${failed}, requested_by_id = 'ada' WHERE backup_id = $1`, backupId);
    return backupId;
  },
  'built-without-rights': async (victim) => {
    const { backupId, accountId, openedAt } = victim.next();
    await sql(victim, `UPDATE backups.backups SET requested_by_id = 'eve' WHERE backup_id = $1`, backupId);
    const at = (openedAt?.getTime() ?? 0) - 1;
    victim.journal.rightsOf(accountId).push({ sentAt: at, doneAt: at, effect: 'done', granted: false });
    return backupId;
  },
  'cancelled-unasked': (victim) => changed(victim, `status = 'cancelled'`),
  'expired-early': (victim) => changed(victim, `status = 'expired', archive_deleted_at = now()`),
  'cancel-lost': async ({ journal, next }) => {
    const { backupId } = next();
    journal.cancels.push({ backupId, sentAt: 0, doneAt: 0, effect: 'done' });
    return backupId;
  },
  'segment-unfinished': async (victim) => {
    const [build] = await sql(
      victim,
      `INSERT INTO zip_builder.segments (${SEGMENT}) ${OPEN_SEGMENT} RETURNING build_id AS id`,
    );
    return String(build?.['id']);
  },
  'message-parked': async ({ brokerUrl }) => {
    const connection = await connect(brokerUrl);
    const channel = await connection.createConfirmChannel();
    channel.sendToQueue('backups.dead', Buffer.from('a real message'), { persistent: true });
    await channel.waitForConfirms();
    await connection.close();
    return 'backups.dead';
  },
};

const DOUBLE = `
  INSERT INTO backups.backups
  SELECT (jsonb_populate_record(row, jsonb_build_object('backup_id', $2::text, 'idempotency_key', null))).*
  FROM backups.backups AS row WHERE backup_id = $1`;

const SEGMENT = 'build_id, number, status, first_part, part_count, document_count, size_bytes';
const OPEN_SEGMENT = `
  SELECT build_id, 999, 'open', 1, 1, 1, 1 FROM zip_builder.builds WHERE status = 'built' ORDER BY build_id LIMIT 1`;
