/** The columns of `links` as a link has them, without `payload`. */
export const LINK_COLUMNS = `account_id AS "accountId", sequence, at, kind, backup_id AS "backupId",
  download_id AS "downloadId", transfer_id AS "transferId", previous_hash AS "previousHash", hash`;
