import { backupView, AppError, hostId, parse } from '@account-backups/contracts';
import type { Origin } from '../archive/provenance-head.js';
import { ApiClient } from '../system/api-client.js';
import { mintLocalToken } from '../system/local-token.js';
import { addressOf, dataDirOf, type Environment } from '../system/running-system.js';
import type { RecordedArchive } from './recorded-archive.js';

/** Who asks: whoever `ACCOUNT_BACKUPS_TOKEN` speaks for, else a person of the local issuer. */
interface Viewer {
  readonly account?: string | undefined;
  readonly user?: string | undefined;
}

/** The backup that an archive says it is of. Throws `ARCHIVE_UNREADABLE` if it does not say. */
export function backupOf({ backupId }: Origin): string {
  if (backupId !== null) return backupId;
  throw new AppError('ARCHIVE_UNREADABLE', 'the archive does not say which backup it is of');
}

/** What the system says about an archive. */
interface Registered {
  readonly archive: RecordedArchive;
  /** The id of the key that it signs receipts with. */
  readonly receiptKeyId: string;
}

/** What the system has on record of a backup's archive, expired or not. Throws `NOT_FOUND`, `BACKUP_NOT_COMPLETED`. */
export async function registeredArchive(
  backupId: string,
  viewer: Viewer,
  environment: Environment,
): Promise<Registered> {
  const baseUrl = addressOf('gatewayUrl', environment);
  const api = new ApiClient({ baseUrl, token: await tokenOf(viewer, environment), patienceMs: 10_000 });
  const view = (await api.json({ method: 'GET', path: `/api/v1/backups/${backupId}` })) as object;
  const archive = backupView.shape.archive.parse('archive' in view ? view.archive : null);
  if (!archive) throw new AppError('BACKUP_NOT_COMPLETED', `backup ${backupId} has no archive on record`);
  const { keyId } = (await api.json({ method: 'GET', path: '/api/v1/receipt-key' })) as { readonly keyId: string };
  const { sizeBytes, sha256 } = archive;
  return { archive: { source: 'system', backupId, sizeBytes, sha256 }, receiptKeyId: keyId };
}

async function tokenOf({ account, user }: Viewer, environment: Environment): Promise<string> {
  if (account === undefined && user === undefined && environment.ACCOUNT_BACKUPS_TOKEN) {
    return environment.ACCOUNT_BACKUPS_TOKEN;
  }
  if (account === undefined || user === undefined) {
    throw new AppError(
      'VALIDATION_FAILED',
      '--online: expected --account and --user of somebody who may see the backup, or ACCOUNT_BACKUPS_TOKEN',
    );
  }
  const bearer = { accountId: parse(hostId, account, '--account'), userId: parse(hostId, user, '--user') };
  return mintLocalToken({ dataDir: dataDirOf(environment), issuerUrl: addressOf('issuerUrl', environment), bearer });
}
