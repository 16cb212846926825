import { archiveOf, opened } from '../testing/bag-archive.js';
import { passwordFor } from './password.js';

const COMPOSED = 'caf\u00E9';
const DECOMPOSED = 'cafe\u0301';

it.each([COMPOSED, DECOMPOSED])(
  'a password is the one that archives are encrypted with, typed as %j',
  async (typed) => {
    const { reader } = await opened(await archiveOf({}, COMPOSED));
    expect(await passwordFor(reader, typed, async () => undefined)).toBe(COMPOSED);
  },
);
