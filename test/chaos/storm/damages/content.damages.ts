import { buffer } from 'node:stream/consumers';
import { rowsOf } from '../database.js';
import type { PlainStore } from '../plain-store.js';
import { newDocument, sha256Of } from '../world.js';
import { changed, sql, type Damages, type Victim } from './victim.js';

/** To archives, contents and the register. */
export const contentDamages: Damages = {
  'archive-wrong': async ({ store, next }) => {
    const row = next();
    await flipByte(store, row.objectKey ?? '');
    return row.backupId;
  },
  'archive-damaged': async (victim) => {
    const row = victim.next();
    const sha256 = await flipByte(victim.store, row.objectKey ?? '');
    await sql(victim, 'UPDATE backups.backups SET archive_sha256 = $2 WHERE backup_id = $1', row.backupId, sha256);
    return row.backupId;
  },
  'archive-lost': async ({ store, next }) => {
    const row = next();
    await store.remove(row.objectKey ?? '');
    return row.backupId;
  },
  'archive-counts': (victim) => changed(victim, 'exception_count = exception_count + 1'),
  'content-lost': async (victim) => {
    const content = await someContent(victim, 0);
    await victim.store.remove(content.objectKey);
    return content.objectKey;
  },
  'content-wrong': async (victim) => {
    const content = await someContent(victim, 1);
    await flipByte(victim.store, content.objectKey);
    return content.objectKey;
  },
  'object-orphaned': async ({ store }) => {
    // Of no kind that the sweep would take away meanwhile.
    await store.put('accounts/storm-1/oddity', Buffer.from('Nobody names this.'));
    return 'accounts/storm-1/oddity';
  },
  'archive-lacks-document': async ({ journal, next }) => {
    const { backupId, accountId, orgUnitIds } = next();
    const document = { ...newDocument('doc-ghost', 'file-ghost', () => 0), active: true, orgUnitIds };
    journal.documentDeeds(accountId, 'doc-ghost').push({ sentAt: 0, doneAt: 0, effect: 'done', value: document });
    return backupId;
  },
  'document-wrong': async (victim) => {
    const documentId = await someDocument(victim, 0);
    const retitled = `jsonb_set(body, '{title}', '"Another title"')`;
    await sql(
      victim,
      `UPDATE documents.document_bodies SET body = ${retitled} WHERE account_id = 'storm-2' AND document_id = $1`,
      documentId,
    );
    return `storm-2 ${documentId}`;
  },
  'document-sums': async (victim) => {
    const documentId = await someDocument(victim, 1);
    await sql(
      victim,
      `UPDATE documents.documents SET current_bytes = current_bytes + 1 WHERE account_id = 'storm-2' AND document_id = $1`,
      documentId,
    );
    return `storm-2 ${documentId}`;
  },
  'file-wrong': async (victim) => {
    const { accountId, fileId } = await someContent(victim, 2);
    await sql(victim, 'DELETE FROM documents.files WHERE account_id = $1 AND file_id = $2', accountId, fileId);
    return `${accountId} ${fileId}`;
  },
};

/** Gives the SHA-256 of what lies there now. */
async function flipByte(store: PlainStore, key: string): Promise<string> {
  const bytes = await buffer(await store.read(key));
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await store.put(key, bytes);
  return sha256Of(bytes);
}

async function someContent(victim: Victim, number: number) {
  const [row] = await rowsOf<{ accountId: string; fileId: string; objectKey: string }>(victim.databaseUrl, CONTENT, [
    number,
  ]);
  if (!row) throw new Error('no content is registered');
  return row;
}

async function someDocument(victim: Victim, number: number): Promise<string> {
  const [row] = await sql(victim, DOCUMENT, number);
  return String(row?.['id']);
}

const CONTENT = `
  SELECT account_id AS "accountId", file_id AS "fileId", object_key AS "objectKey"
  FROM documents.files WHERE size_bytes > 0 ORDER BY account_id, file_id OFFSET $1 LIMIT 1`;

const DOCUMENT = `
  SELECT document_id AS id FROM documents.documents WHERE account_id = 'storm-2' ORDER BY document_id OFFSET $1 LIMIT 1`;
