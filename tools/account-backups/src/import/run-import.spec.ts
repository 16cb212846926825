import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError, type RegisteredDocument } from '@account-backups/contracts';
import type { ApiCall } from '../system/api-client.js';
import { readFolder } from './folder.js';
import { earlierImportIds } from './imported-ids.js';
import { Register } from './register.js';
import { checkFolder, runImport } from './run-import.js';
import type { ImportSummary } from './summary.js';

/** A gateway that keeps what it is sent. */
class Gateway {
  readonly orgUnits = new Set(['quality', 'chemistry']);
  readonly documents = new Map<string, RegisteredDocument>();
  readonly files = new Map<string, string>();
  readonly sent: string[] = [];

  async json({ method, path, body }: ApiCall): Promise<unknown> {
    const [, kind = '', id = ''] = /accounts\/lab\/([a-z-]+)(?:\/(.*))?$/.exec(path) ?? [];
    if (method === 'GET') return this.get(kind, id);
    this.sent.push(`${method} ${kind}`);
    const content = await body?.();
    if (kind === 'documents') {
      const document = JSON.parse(content as string) as RegisteredDocument;
      this.documents.set(document.documentId, document);
      return { accepted: 1, rejected: [] };
    }
    const hash = createHash('sha256');
    for await (const chunk of content as AsyncIterable<Uint8Array>) hash.update(chunk);
    this.files.set(id, hash.digest('hex'));
    return { sha256: this.files.get(id) };
  }

  private get(kind: string, id: string): unknown {
    const sha256 = this.files.get(id);
    if (kind === 'org-units' && this.orgUnits.has(id)) return { orgUnitId: id, name: id };
    if (kind === 'files' && sha256 !== undefined) return { sha256 };
    const document = kind === 'documents' ? this.documents.get(id) : undefined;
    if (document) return document;
    throw new AppError('NOT_FOUND', `account lab has no ${kind} ${id}`);
  }
}

describe('an import', () => {
  let folder = '';
  let gateway: Gateway;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'run-import-'));
    gateway = new Gateway();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function put(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    utimesSync(join(folder, path), 1_000_000, 1_000_000);
  }

  async function run(below = '', orgUnitId = 'quality', dryRun = false): Promise<ImportSummary> {
    const found = await readFolder(join(folder, below));
    const target = { register: new Register(gateway, 'lab'), defaults: { orgUnitId, type: 'SOP' }, dryRun };
    await checkFolder(found, target);
    return runImport(found, target, () => undefined);
  }

  const counts = ({ created, updated, unchanged, failed }: ImportSummary) => {
    return [created, updated, unchanged, failed.length];
  };
  const titles = () => [...gateway.documents.values()].map(({ title }) => title).sort();

  it('says beforehand what it then does, and afterwards that nothing changed', async () => {
    put('a.txt', 'one');
    put('b.txt', 'two');
    expect(counts(await run('', 'quality', true))).toEqual([2, 0, 0, 0]);
    expect(gateway.sent).toEqual([]);
    expect(counts(await run())).toEqual([2, 0, 0, 0]);
    gateway.sent.length = 0;
    expect(counts(await run())).toEqual([0, 0, 2, 0]);
    expect(gateway.sent).toEqual([]);
  });

  it('sends what changed: a content, or only what is said of it', async () => {
    put('a.txt', 'one');
    put('b.txt', 'two');
    await run();
    gateway.sent.length = 0;
    put('a.txt', 'another');
    expect(counts(await run())).toEqual([0, 1, 1, 0]);
    put('metadata.csv', 'path,title\nb.txt,Second\n');
    expect(counts(await run())).toEqual([0, 1, 1, 0]);
    expect(gateway.sent).toEqual(['PUT files', 'POST documents', 'POST documents']);
    expect(titles()).toEqual(['Second', 'a']);
  });

  it('sends a content again that the store has lost', async () => {
    put('a.txt', 'one');
    await run();
    gateway.files.clear();
    expect(counts(await run())).toEqual([0, 1, 0, 0]);
    expect(gateway.files.size).toBe(1);
  });

  it('keeps folders with equal paths apart by their OU', async () => {
    put('first/a.txt', 'one');
    put('second/a.txt', 'two');
    expect(counts(await run('first', 'quality'))).toEqual([1, 0, 0, 0]);
    expect(counts(await run('second', 'chemistry'))).toEqual([1, 0, 0, 0]);
    expect(gateway.documents.size).toBe(2);
    expect(counts(await run('first', 'quality'))).toEqual([0, 0, 1, 0]);
  });

  it('finds what was imported before OUs counted, and takes it for nobody else', async () => {
    put('first/a.txt', 'one');
    put('second/a.txt', 'two');
    await run('first', 'quality');
    const [imported] = gateway.documents.values();
    const { documentId, versionId, fileId } = earlierImportIds('a.txt', [...gateway.files.values()][0] ?? '');
    const versions = imported?.versions.map((version) => ({ ...version, versionId, fileId }));
    gateway.documents.clear();
    gateway.documents.set(documentId, { ...(imported as RegisteredDocument), documentId, versions: versions ?? [] });
    gateway.files.set(fileId, [...gateway.files.values()][0] ?? '');
    expect(counts(await run('first', 'quality'))).toEqual([0, 0, 1, 0]);
    expect(counts(await run('second', 'chemistry'))).toEqual([1, 0, 0, 0]);
    put('first/a.txt', 'newer');
    expect(counts(await run('first', 'quality'))).toEqual([0, 1, 0, 0]);
    expect(gateway.documents.size).toBe(2);
  });

  it('refuses OUs that do not exist and all that is wrong with the table, at once, before anything is sent', async () => {
    for (const path of ['a.txt', 'b.txt']) put(path, path);
    put('metadata.csv', 'path,org_units,state,created_at\na.txt,nowhere,,\nb.txt,,final,1.2.2026\nlost.txt,,,\n');
    const refused = await run('', 'elsewhere').catch((error: unknown) => error);
    const faults = AppError.is(refused) ? (refused.errors ?? []).map(({ message }) => message) : [];
    expect(faults).toEqual([
      'metadata.csv: line 4: there is no file lost.txt',
      expect.stringContaining('metadata.csv: line 3: state: '),
      expect.stringContaining('metadata.csv: line 3: createdAt: '),
      expect.stringContaining('--org-unit: account lab has no org-units elsewhere'),
      expect.stringContaining('metadata.csv: line 2: org_units: account lab has no org-units nowhere'),
    ]);
    expect(gateway.sent).toEqual([]);
  });

  it('adds up, with what failed in it, and goes on', async () => {
    put('a.txt', 'one');
    put('Thumbs.db', '');
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xe9])]), '');
    const summary = await run();
    expect(summary).toMatchObject({ files: 2, created: 1, leftOut: [{ path: 'Thumbs.db' }], sizeBytes: 3 });
    expect(summary.failed).toEqual([{ path: '\\xe9', code: 'VALIDATION_FAILED', message: expect.any(String) }]);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('one');
  });
});
