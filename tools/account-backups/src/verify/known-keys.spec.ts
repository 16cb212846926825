import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKnownKeys, rememberKey } from './known-keys.js';

const [one, two] = ['ab'.repeat(32), 'cd'.repeat(32)] as const;

describe('known keys', () => {
  let file = '';
  beforeEach(() => (file = join(mkdtempSync(join(tmpdir(), 'known-keys-')), 'keys.txt')));
  afterEach(() => rmSync(join(file, '..'), { recursive: true }));

  it('are none before the first is kept, and what was kept afterwards', async () => {
    expect(await readKnownKeys(file)).toEqual(new Set());
    await rememberKey(file, one);
    expect(await readKnownKeys(file)).toEqual(new Set([one]));
    expect(readFileSync(file, 'utf8')).toBe(`${one}\n`);
  });

  it('may have notes beside them', async () => {
    writeFileSync(file, `# of the operator\n${one.toUpperCase()}  # 2026\r\n\n${two}`);
    expect(await readKnownKeys(file)).toEqual(new Set([one, two]));
  });

  it('are refused where a line is anything else, or the file is none', async () => {
    writeFileSync(file, 'hello\n');
    await expect(readKnownKeys(file)).rejects.toThrow('found hello');
    rmSync(file);
    mkdirSync(file);
    await expect(readKnownKeys(file)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
