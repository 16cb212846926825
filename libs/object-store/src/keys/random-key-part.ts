import { randomBytes } from 'node:crypto';

/** 128 random bits as 32 hexadecimal digits: the part of a key that nobody can guess. */
export function randomKeyPart(): string {
  return randomBytes(16).toString('hex');
}
