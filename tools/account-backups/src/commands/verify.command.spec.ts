import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Command } from 'commander';
import { archiveOf, bagOf, payload, ROOT } from '../testing/bag-archive.js';
import { statementOf } from '../testing/receipts.js';
import { addVerifyCommand } from './verify.command.js';

interface Said {
  readonly exitCode: unknown;
  readonly out: string;
  readonly err: string;
  readonly thrown: unknown;
}

describe('account-backups verify', () => {
  let folder = '';
  let zip = '';
  let bytes: Buffer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'verify-command-'));
    bytes = await archiveOf();
    zip = put('archive.zip', bytes);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function put(name: string, content: Buffer | string): string {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  }

  /** A receipt of the archive, signed with a key of its own. */
  function receiptOf(name: string): { file: string; keyId: string } {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const archive = { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    const receipt = JSON.stringify(statementOf(archive));
    const keyId = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex');
    const signature = sign(null, Buffer.from(receipt), privateKey).toString('base64');
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const signed = { receipt, algorithm: 'Ed25519', signature, keyId, publicKey: pem };
    return { file: put(name, JSON.stringify(signed)), keyId };
  }

  async function run(...args: readonly string[]): Promise<Said> {
    const [out, err]: [string[], string[]] = [[], []];
    const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
    const error = jest.spyOn(console, 'error').mockImplementation((text: string) => void err.push(text));
    const program = new Command();
    addVerifyCommand(program);
    let thrown: unknown;
    await program.parseAsync(['verify', ...args], { from: 'user' }).catch((cause: unknown) => (thrown = cause));
    const { exitCode } = process;
    process.exitCode = undefined;
    [log, error].forEach((spy) => spy.mockRestore());
    return { exitCode, out: out.join('\n'), err: err.join('\n'), thrown };
  }

  it('says 0 of a sound archive', async () => {
    expect(await run(zip)).toMatchObject({ exitCode: undefined, thrown: undefined, err: '' });
  });

  it('says 3 where nobody vouches for the key of the receipt, and prints its id', async () => {
    const { file, keyId } = receiptOf('receipt.json');
    const said = await run(zip, '--receipt', file);
    expect(said).toMatchObject({ exitCode: 3, thrown: { code: 'RECEIPT_KEY_UNKNOWN' } });
    expect(said.out).toContain(`signed by the key ${keyId} (compare this id`);
    const json = JSON.parse((await run(zip, '--receipt', file, '--json')).out) as object;
    expect(json).toMatchObject({ ok: true, receipt: { keyId, keyTrusted: false, keyVouchedBy: null } });
    expect(await run(zip, '--receipt', file, '--receipt-key', keyId)).toMatchObject({ exitCode: undefined });
  });

  it('remembers the first key, and says 1 with words of another one later', async () => {
    const known = join(folder, 'known-keys');
    const first = receiptOf('first.json');
    const other = receiptOf('other.json');
    const trust = ['--known-keys', known];
    expect((await run(zip, '--receipt', first.file, ...trust)).out).toContain('the first one, which is known from now');
    expect(readFileSync(known, 'utf8')).toBe(`${first.keyId}\n`);
    expect((await run(zip, '--receipt', first.file, ...trust)).thrown).toBeUndefined();
    const { thrown } = await run(zip, '--receipt', other.file, ...trust);
    expect(thrown).toMatchObject({ code: 'RECEIPT_INVALID', message: expect.stringContaining(first.keyId) });
  });

  it('remembers no key with an archive that is not sound', async () => {
    const known = join(folder, 'unsound-keys');
    const damaged = put('damaged.zip', Buffer.concat([bytes.subarray(0, 100), Buffer.from('x'), bytes.subarray(101)]));
    const said = await run(damaged, '--receipt', receiptOf('receipt.json').file, '--known-keys', known);
    expect(said).toMatchObject({ exitCode: 1, thrown: { code: 'ARCHIVE_UNREADABLE' } });
    expect(() => readFileSync(known)).toThrow('ENOENT');
  });

  it('prints no control character of a name, in JSON neither', async () => {
    const hostile = put('hostile.zip', await archiveOf({ 'data/\u001b[2J\u202egpj\u009b.exe': 'x' }));
    for (const more of [[], ['--json']]) {
      const { out, err } = await run(hostile, ...more);
      expect(`${out}${err}`).toContain('\\u001b[2J\\u202egpj\\u009b.exe');
      expect(`${out}${err}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });

  it('tells by their kind what the archive says it lacks, which is no fault', async () => {
    const head = 'document_id,version_id,file_id,original_name,code,message\r\n';
    const rows = 'd1,,,,ORG_UNIT_UNKNOWN,x\r\nd2,v,f,n,FILE_MISSING,"two\r\nlines"\r\nd3,v,f,n,FILE_MISSING,x\r\n';
    const lacking = put('lacking.zip', await archiveOf(bagOf({ ...payload, 'data/exceptions.csv': head + rows })));
    const { out, exitCode } = await run(lacking);
    const kinds =
      '1 document that lies in no organisational unit (ORG_UNIT_UNKNOWN), 2 files that never came (FILE_MISSING)';
    expect([exitCode, out.split('\n')[1]]).toEqual([undefined, `not included, as data/exceptions.csv says: ${kinds}`]);
    const json = JSON.parse((await run(lacking, '--json')).out) as object;
    expect(json).toMatchObject({ ok: true, exceptions: { ORG_UNIT_UNKNOWN: 1, FILE_MISSING: 2 } });
  });

  it('tells a cut archive in JSON, with the size that a receipt states', async () => {
    const cut = put('cut.zip', bytes.subarray(0, 400));
    const { out, thrown } = await run(cut, '--receipt', receiptOf('receipt.json').file, '--json');
    expect(thrown).toMatchObject({ message: expect.stringContaining(`incomplete: 400 of ${bytes.length} bytes`) });
    expect(JSON.parse(out)).toEqual({
      ok: false,
      incomplete: {
        sizeBytes: 400,
        expectedSizeBytes: bytes.length,
        wholeEntries: 3,
        entries: expect.arrayContaining([`${ROOT}/data/a.txt`]),
      },
    });
  });

  it('refuses options about the key of no receipt', async () => {
    expect((await run(zip, '--known-keys', 'x')).thrown).toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
