import { AppError } from '@account-backups/contracts';
import type { ApiClient } from 'account-backups/system/api-client.js';
import pMap from 'p-map';
import { dayInZone } from './calendar-day.js';
import type { DemoAccount, DemoDocument, DemoFile } from './demo-account.js';

interface LoadOptions {
  readonly gateway: ApiClient;
  readonly subscriptions: ApiClient;
  readonly now: Date;
  readonly progress: (line: string) => void;
}

export interface LoadedAccount {
  readonly accountId: string;
  readonly documents: number;
  readonly files: number;
}

// Files are made one after another; sending is what runs at the same time.
const CONCURRENCY = 3;
const FILES_A_LINE = 200;
const JSON_TYPE = 'application/json';

/** Registers an account with everything in it. Safe to repeat: each call says what is wanted, not what to change. */
export async function loadAccount(account: DemoAccount, options: LoadOptions): Promise<LoadedAccount> {
  const { gateway, progress } = options;
  const { accountId } = account;
  const base = `/api/v1/provisioning/accounts/${accountId}`;
  progress(`${accountId}: directory`);
  const directory = () => JSON.stringify(account.directory);
  await gateway.json({ method: 'PUT', path: `${base}/directory`, contentType: JSON_TYPE, body: directory });
  await startTerm(account, options);
  const documents = await registerDocuments(account, gateway);
  progress(`${accountId}: ${documents} documents`);
  const files = await putFiles(account, options);
  return { accountId, documents, files };
}

async function registerDocuments(account: DemoAccount, gateway: ApiClient): Promise<number> {
  const lines = [...account.documents()].map(({ document }: DemoDocument) => `${JSON.stringify(document)}\n`);
  const answer = await gateway.json({
    method: 'POST',
    path: `/api/v1/provisioning/accounts/${account.accountId}/documents`,
    contentType: 'application/x-ndjson',
    body: () => lines.join(''),
  });
  const { rejected = [] } = answer as { rejected?: readonly { line: number; code: string; message: string }[] };
  const [first] = rejected;
  if (!first) return lines.length;
  const sentence = `${rejected.length} demo documents were rejected, the first on line ${first.line}: ${first.message}`;
  throw new AppError('VALIDATION_FAILED', sentence);
}

async function putFiles(account: DemoAccount, { gateway, progress }: LoadOptions): Promise<number> {
  let done = 0;
  const put = async ({ fileId, make }: DemoFile) => {
    const path = `/api/v1/provisioning/accounts/${account.accountId}/files/${fileId}`;
    await keepKnown(gateway.json({ method: 'PUT', path, contentType: 'application/octet-stream', body: make }));
    done += 1;
    if (done % FILES_A_LINE === 0) progress(`${account.accountId}: ${done} files`);
  };
  await pMap(filesOf(account), put, { concurrency: CONCURRENCY });
  progress(`${account.accountId}: ${done} files, complete`);
  return done;
}

/** A load that was interrupted before an update may have left files with other bytes; they serve as well. */
async function keepKnown(put: Promise<unknown>): Promise<void> {
  await put.catch((error: unknown) => {
    if (!AppError.is(error, 'FILE_CONTENT_DIFFERS')) throw error;
  });
}

function* filesOf(account: DemoAccount): Generator<DemoFile> {
  for (const { files } of account.documents()) yield* files;
}

async function startTerm(account: DemoAccount, { subscriptions, now }: LoadOptions): Promise<void> {
  const { firstDay, lastDay, reference, note } = account.term;
  const { timeZone } = account.directory;
  const term = {
    startsOn: dayInZone(now, timeZone, firstDay),
    endsOn: dayInZone(now, timeZone, lastDay),
    reference,
    note,
  };
  try {
    const path = `/v1/accounts/${account.accountId}/subscription`;
    await subscriptions.json({ method: 'PUT', path, contentType: JSON_TYPE, body: () => JSON.stringify(term) });
  } catch (error) {
    // an earlier, interrupted load started it
    if (!AppError.is(error, 'TERM_OVERLAPS')) throw error;
  }
}
