import { createHash } from 'node:crypto';
import { directory, parse, registeredDocument } from '@account-backups/contracts';
import type { DemoAccount, DemoFile } from './demo-account.js';
import { demoAccounts } from './demo-accounts.js';

const [northfield, harbour] = demoAccounts();
const documents = [...northfield.documents()];
const all = [...documents, ...harbour.documents()].map(({ document }) => document);
const versions = all.flatMap((document) => document.versions ?? []);

async function digestOf(files: readonly DemoFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = await file.make();
    for await (const piece of Buffer.isBuffer(content) ? [content] : content) hash.update(piece);
  }
  return hash.digest('hex');
}

/** Every fiftieth file: some of each format. */
const someFilesOf = (account: DemoAccount) =>
  [...account.documents()]
    .flatMap(({ files }) => files)
    .filter(({ fileId }, at) => at % 50 === 0 && !fileId.includes('large'));

describe('the demo accounts', () => {
  it('are what the contracts allow', () => {
    expect(() => demoAccounts().map((account) => parse(directory, account.directory, account.accountId))).not.toThrow();
    expect(() => all.map((document) => parse(registeredDocument, document, document.documentId))).not.toThrow();
  });

  it('are the same for the same seed, to the byte', async () => {
    const [again] = demoAccounts();
    expect([...again.documents()].map(({ document }) => document)).toEqual(documents.map(({ document }) => document));
    expect(await digestOf(someFilesOf(again))).toBe(await digestOf(someFilesOf(northfield)));
  });

  it('are others for another seed', () => {
    const [other] = demoAccounts('another');
    expect([...other.documents()].map(({ document }) => document.title)).not.toEqual(
      documents.map(({ document }) => document.title),
    );
  });

  it('have several hundred documents in northfield and one or two dozen in harbour', () => {
    expect(documents.length).toBeGreaterThan(400);
    expect([...harbour.documents()].length).toBe(18);
  });

  it('show every state, inactive documents, links, attachments and documents in several OUs', () => {
    expect(new Set(versions.map(({ state }) => state)).size).toBe(5);
    expect(all.filter(({ active }) => !active).length).toBeGreaterThan(10);
    expect(versions.filter(({ externalUrl }) => externalUrl).length).toBeGreaterThan(3);
    expect(versions.filter(({ attachments = [] }) => attachments.length > 0).length).toBeGreaterThan(50);
    expect(all.filter(({ orgUnitIds }) => orgUnitIds.length > 1).length).toBeGreaterThan(10);
  });

  it('file documents only where an OU is', () => {
    const known = new Set((northfield.directory.orgUnits ?? []).map(({ orgUnitId }) => orgUnitId));
    expect(documents.flatMap(({ document }) => document.orgUnitIds).filter((id) => !known.has(id))).toEqual([]);
  });

  it('give each id once', () => {
    const ids = documents.flatMap(({ document, files }) => [document.documentId, ...files.map(({ fileId }) => fileId)]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('miss exactly one file that a document names', () => {
    const named = documents.flatMap(({ document }) =>
      (document.versions ?? []).flatMap(({ fileId, attachments = [] }) => [
        fileId,
        ...attachments.map((each) => each.fileId),
      ]),
    );
    const made = new Set(documents.flatMap(({ files }) => files.map(({ fileId }) => fileId)));
    expect(named.filter((fileId) => fileId && !made.has(fileId))).toEqual(['special.lost.1.v2.main']);
  });
});
