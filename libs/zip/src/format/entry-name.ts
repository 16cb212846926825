import { ZipError } from './zip-error.js';

const MAX_NAME_BYTES = 0xffff;

/**
 * The UTF-8 bytes of an entry's name (APPNOTE 4.4.17, appendix D). The name unpacks below the chosen folder on every
 * system: throws `INVALID_NAME` for an empty or absolute path, an empty, `.` or `..` segment (so for a folder's
 * trailing slash too), a backslash, a NUL, a lone surrogate, or more than 65,535 bytes.
 */
export function encodeEntryName(name: string): Buffer {
  const fault = faultOf(name);
  if (fault) throw new ZipError('INVALID_NAME', `entry name ${JSON.stringify(name)} ${fault}`, { entryName: name });
  return Buffer.from(name, 'utf8');
}

function faultOf(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.includes('\0')) return 'contains a NUL';
  if (name.includes('\\')) return 'contains a backslash, expected / between segments';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'is absolute, expected a relative path';
  if (/(^|\/)\.{0,2}(\/|$)/.test(name)) return 'has an empty, "." or ".." segment';
  if (/\p{Surrogate}/u.test(name)) return 'contains a lone surrogate, which UTF-8 cannot carry';
  const bytes = Buffer.byteLength(name, 'utf8');
  return bytes > MAX_NAME_BYTES ? `takes ${bytes} bytes, expected at most ${MAX_NAME_BYTES}` : undefined;
}
