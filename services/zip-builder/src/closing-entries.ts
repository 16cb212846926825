import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  BAGIT_TXT,
  bagInfo,
  csvText,
  DATA_DICTIONARY_PATH,
  dataDictionary,
  documentsJsonl,
  documentsTable,
  exceptionsTable,
  filesTable,
  indexPage,
  OrgUnitFolders,
  payloadManifest,
  PROVENANCE_PATH,
  provenanceJson,
  readmeTxt,
  tagManifest,
  textChunks,
  versionsTable,
  type ArchiveFacts,
  type ArchiveRecord,
  type AuditChainHead,
  type BagText,
  type Checksum,
} from '@account-backups/bag';
import type { PermittedOrgUnits } from '@account-backups/contracts';
import type { EntrySource } from '@account-backups/zip';

export type Records = () => AsyncIterable<ArchiveRecord>;

export interface ClosingFacts {
  /** With the final tally. */
  readonly archive: ArchiveFacts;
  readonly scope: PermittedOrgUnits;
  readonly builtAt: string;
  readonly auditChainHead: AuditChainHead | null;
}

interface MeasuredText extends Checksum {
  readonly sizeBytes: number;
  readonly crc32: number;
  readonly content: () => AsyncIterable<Buffer>;
}

/**
 * What every archive ends with: index, metadata, provenance, manifests, README. The records are read several times and
 * never held: once to measure what grows with them, then again for each text that is written.
 */
export async function closingEntries(facts: ClosingFacts, records: Records): Promise<readonly EntrySource[]> {
  const folders = new OrgUnitFolders(facts.scope);
  const growing = [
    indexPage(facts.archive, folders),
    csvText(documentsTable(folders)),
    csvText(versionsTable),
    csvText(filesTable),
    csvText(exceptionsTable),
    documentsJsonl,
  ];
  const payload = [
    ...(await measureGrowing(growing, records)),
    fixed(DATA_DICTIONARY_PATH, dataDictionary(facts.archive, folders)),
    fixed(PROVENANCE_PATH, provenanceJson({ ...facts, facts: facts.archive, folders })),
  ];
  const [manifest] = await measureGrowing([payloadManifest(payload)], records);
  const tags = [
    ...(manifest ? [manifest] : []),
    fixed('bagit.txt', BAGIT_TXT),
    fixed('bag-info.txt', bagInfo(facts.archive, payloadSize(facts.archive, payload), facts.builtAt)),
    fixed('README.txt', readmeTxt(facts.archive)),
  ];
  const all = [...payload, ...tags, fixed('tagmanifest-sha256.txt', tagManifest(tags))];
  return all.map((text) => entryOf(text, facts));
}

async function measureGrowing(texts: readonly BagText[], records: Records): Promise<MeasuredText[]> {
  const meters = texts.map((text) => ({ text, meter: new Meter() }));
  for (const { text, meter } of meters) meter.add(text.head());
  for await (const record of records()) for (const { text, meter } of meters) meter.add(text.rows(record));
  return meters.map(({ text, meter }) => {
    meter.add(text.foot());
    return { path: text.path, ...meter.result(), content: () => encoded(textChunks(text, records())) };
  });
}

function fixed(path: string, text: string): MeasuredText {
  const meter = new Meter();
  meter.add(text);
  return { path, ...meter.result(), content: () => encoded([text]) };
}

async function* encoded(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

function entryOf({ path, sizeBytes, sha256, crc32: crc, content }: MeasuredText, facts: ClosingFacts): EntrySource {
  const name = `${facts.archive.bagRoot}/${path}`;
  return { name, modifiedAt: new Date(facts.builtAt), sizeBytes, sha256, crc32: crc, content };
}

function payloadSize(archive: ArchiveFacts, others: readonly MeasuredText[]): { sizeBytes: number; fileCount: number } {
  return {
    sizeBytes: archive.tally.sizeBytes + others.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    fileCount: archive.tally.files.included + others.length,
  };
}

class Meter {
  private readonly hash = createHash('sha256');
  private crc = 0;
  private sizeBytes = 0;

  add(text: string): void {
    const bytes = Buffer.from(text);
    this.hash.update(bytes);
    this.crc = crc32(bytes, this.crc);
    this.sizeBytes += bytes.length;
  }

  result(): { sizeBytes: number; sha256: string; crc32: number } {
    return { sizeBytes: this.sizeBytes, sha256: this.hash.digest('hex'), crc32: this.crc };
  }
}
