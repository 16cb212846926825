// Zip-builders as processes of their own, on a real broker, database and store. A test or a benchmark decides what the
// services around them answer.
import { openObjectStore, type ObjectStore } from '@account-backups/object-store';
import { sealPassword } from '@account-backups/password-seal';
import { Client } from 'pg';
import { freshRing } from '../key-rings.js';
import { control, freshVhost, ownBucketUrl, testDatabase } from '../real-parts.js';
import { startBuilder, type YardBuilder } from './builder.js';
import { openDesk, type Desk } from './desk.js';
import type { YardDocuments } from './documents.js';

export interface Yard extends Pick<Desk, 'outcomes' | 'progress' | 'asked' | 'unregistered' | 'drive' | 'end'> {
  readonly store: ObjectStore;
  /** Of the builders' database. */
  readonly sql: Client;
  readonly builders: readonly YardBuilder[];
  /** Notes a backup of these documents, of which no builder knows, and gives its id. */
  note(accountId: string, documents: YardDocuments, password?: string): Promise<string>;
  /** Begins a backup of these documents and gives its id. */
  order(accountId: string, documents: YardDocuments, password?: string): Promise<string>;
  /** Jobs to build a segment, in the queue or in hand. */
  jobsWaiting(): Promise<number>;
  startBuilder(settings?: Readonly<Record<string, string>>): Promise<YardBuilder>;
  close(): Promise<void>;
}

export interface YardOptions {
  /** A bucket of the yard's own unless given. */
  readonly objectStoreUrl?: string;
  /** Environment variables of its builders. */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function openYard({ objectStoreUrl = ownBucketUrl(), settings = {} }: YardOptions = {}): Promise<Yard> {
  const vhost = await freshVhost();
  const database = await testDatabase();
  const store = openObjectStore(objectStoreUrl);
  await store.initialise();
  const keys = freshRing('seal');
  const desk = await openDesk(vhost.url);
  const builders: YardBuilder[] = [];
  const sql = new Client({ connectionString: database.url });
  await sql.connect();
  const env = {
    PATH: process.env['PATH'],
    RABBITMQ_URL: vhost.url,
    DATABASE_URL: database.url,
    OBJECT_STORE_URL: objectStoreUrl,
    SEAL_KEYS: keys.toText(),
    LEASE_SECONDS: '3',
    SEGMENT_MIB: '8',
    LOG_LEVEL: 'info',
    ...settings,
  };
  const note: Yard['note'] = async (accountId, documents, password) => {
    const { active } = keys.publicHalves();
    return desk.note(accountId, documents, async (backup) =>
      password === undefined ? null : sealPassword(password, active, backup),
    );
  };
  return {
    store,
    sql,
    builders,
    outcomes: desk.outcomes,
    progress: desk.progress,
    asked: desk.asked,
    unregistered: desk.unregistered,
    drive: desk.drive,
    end: desk.end,
    note,
    order: async (accountId, documents, password) => {
      const backupId = await note(accountId, documents, password);
      await desk.drive(accountId, backupId);
      return backupId;
    },
    jobsWaiting: () => jobsWaitingAt(vhost.url),
    startBuilder: async (more = {}) => {
      const builder = await startBuilder({ ...env, ...more });
      builders.push(builder);
      return builder;
    },
    close: async () => {
      await Promise.all(builders.map((builder) => builder.kill()));
      await desk.close();
      await sql.end();
      await store.close();
      await vhost.drop();
      await database.drop();
    },
  };
}

async function jobsWaitingAt(brokerUrl: string): Promise<number> {
  const vhost = new URL(brokerUrl).pathname.slice(1);
  const queues = await control('list_queues', '--silent', '-p', vhost, 'name', 'messages');
  const row = queues.split('\n').find((line) => line.startsWith('zip-builder.archives.build-segment'));
  return Number(row?.split('\t')[1]);
}
