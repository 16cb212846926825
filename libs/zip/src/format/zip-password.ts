import { ZipError } from './zip-error.js';

/** 7-Zip refuses longer passwords; WinZip's own limit is 128. */
export const MAX_PASSWORD_BYTES = 99;

/** Throws `INVALID_PASSWORD` unless every reader accepts the password: 1 to 99 bytes in UTF-8. */
export function checkPassword(password: string): void {
  const fault = faultOf(password);
  if (fault) throw new ZipError('INVALID_PASSWORD', `the password ${fault}`);
}

function faultOf(password: string): string | undefined {
  if (password === '') return 'is empty, expected at least one character';
  if (/\p{Surrogate}/u.test(password)) return 'contains a lone surrogate, which UTF-8 cannot carry';
  const bytes = Buffer.byteLength(password, 'utf8');
  return bytes > MAX_PASSWORD_BYTES ? `takes ${bytes} bytes, expected at most ${MAX_PASSWORD_BYTES}` : undefined;
}
