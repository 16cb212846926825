import { AppError } from '@account-backups/contracts';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** 10^10 guesses and more, by the library's estimate. */
const STRONG = 4;
const LEAST_DIFFERENT = 6;

let guesser: ZxcvbnFactory | undefined;

/**
 * Throws `VALIDATION_FAILED` for a password that a guesser tries first: few different characters, runs of the alphabet
 * or of a keyboard, known passwords with the usual ends, or one of `names` with a year. The format of archives makes
 * each guess cheap, so that the password is all that protects one.
 */
export function refuseIfGuessed(password: string, names: readonly string[]): void {
  // Its lists take 40 ms to prepare, once.
  guesser ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const parts = names.flatMap((name) => [name, name.replace(/\s/gu, ''), ...name.split(/[^\p{L}\p{N}]+/u)]);
  const isStrong = guesser.check(password, parts.filter(Boolean)).score >= STRONG;
  if (isStrong && new Set(password).size >= LEAST_DIFFERENT) return;
  throw new AppError('VALIDATION_FAILED', 'the password is one that a guesser tries first', {
    errors: [{ path: 'password', message: 'expected one that is hard to guess, such as five words taken at random' }],
  });
}
