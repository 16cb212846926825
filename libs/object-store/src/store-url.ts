import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@account-backups/contracts';

interface FilesystemAddress {
  readonly kind: 'filesystem';
  /** Absolute path. */
  readonly root: string;
}

export interface S3Address {
  readonly kind: 's3';
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

type StoreAddress = FilesystemAddress | S3Address;

/**
 * Reads `file:///absolute/path` or `s3://KEY:SECRET@host:port/bucket?tls=0&region=us-east-1` (key and secret
 * percent-encoded, TLS unless `tls=0`). Throws `CONFIGURATION_INVALID`; the message never shows any of the URL.
 */
export function parseStoreUrl(text: string): StoreAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'file:') return filesystemAddress(url);
  if (url?.protocol === 's3:') return s3Address(url);
  throw invalid('expected file:///absolute/path or s3://KEY:SECRET@host:port/bucket');
}

function filesystemAddress(url: URL): FilesystemAddress {
  if (url.host !== '' || url.search !== '' || url.hash !== '') throw invalid('file:/// takes an absolute path only');
  const root = attempt(() => fileURLToPath(url), 'the path after file:// is not well encoded');
  if (!isAbsolute(root) || root === '/') throw invalid('file:/// needs a folder, not the root of the file system');
  if (root.includes('\0')) throw invalid('the path after file:// is not well encoded');
  return { kind: 'filesystem', root };
}

function s3Address(url: URL): S3Address {
  const accessKey = decoded(url.username, 'access key');
  const secretKey = decoded(url.password, 'secret key');
  if (!accessKey || !secretKey) throw invalid('s3:// needs KEY:SECRET@ before the host');
  if (!url.hostname) throw invalid('s3:// needs a host');
  const tls = readTls(url.searchParams);
  const bucket = url.pathname.slice(1).replace(/\/$/, '');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || bucket.includes('..')) {
    throw invalid('s3:// needs a bucket of 3 to 63 characters of [a-z0-9.-] as its only path segment');
  }
  const port = Number(url.port || (tls ? 443 : 80));
  if (port === 0) throw invalid('port 0 is no port');
  const region = url.searchParams.get('region') || 'us-east-1';
  return { kind: 's3', host: url.hostname.replace(/^\[|\]$/g, ''), port, tls, bucket, region, accessKey, secretKey };
}

function readTls(parameters: URLSearchParams): boolean {
  const unknown = [...parameters.keys()].filter((name) => name !== 'tls' && name !== 'region');
  if (unknown.length > 0) throw invalid('s3:// knows the parameters tls and region only');
  const tls = parameters.get('tls') ?? '1';
  if (tls !== '0' && tls !== '1') throw invalid('tls is 0 or 1');
  return tls === '1';
}

function decoded(part: string, name: string): string {
  return attempt(() => decodeURIComponent(part), `the ${name} is not well percent-encoded`);
}

function attempt<T>(read: () => T, otherwise: string): T {
  try {
    return read();
  } catch {
    // The cause would carry the text that must not be shown.
    throw invalid(otherwise);
  }
}

function invalid(reason: string): AppError {
  return new AppError('CONFIGURATION_INVALID', `OBJECT_STORE_URL is not valid: ${reason}`);
}
