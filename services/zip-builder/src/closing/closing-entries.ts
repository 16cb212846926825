import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  BAGIT_TXT,
  bagInfo,
  CHECKPOINT_PATH,
  DATA_DICTIONARY_PATH,
  dataDictionary,
  OrgUnitFolders,
  payloadManifest,
  PROVENANCE_PATH,
  provenanceJson,
  readmeTxt,
  TAG_MANIFEST,
  tagManifest,
  type ArchiveFacts,
  type AuditChainHead,
  type BagText,
  type Checksum,
} from '@account-backups/bag';
import type { PermittedOrgUnits } from '@account-backups/contracts';
import { prepareEntry, type PreparedEntry } from '@account-backups/zip';
import { growingTexts, MANIFEST_INDEX } from '../texts/growing-texts.js';
import { JoinedText } from '../texts/joined-text.js';
import type { TextPieces } from '../texts/text-pieces.js';

const BLOCK_LENGTH = 65_536;

export interface ClosingFacts {
  /** With the final tally. */
  readonly archive: ArchiveFacts;
  readonly scope: PermittedOrgUnits;
  readonly builtAt: string;
  readonly auditChainHead: AuditChainHead | null;
  /** A signed note; null where the audit did not vouch for its chain. */
  readonly auditCheckpoint: string | null;
}

const NO_CHECKPOINT = 'The audit did not vouch for its chain when this archive was made.\n';

interface Measured extends Checksum {
  readonly sizeBytes: number;
}

/**
 * The entries that end every archive: index, metadata, provenance, manifests, README. The rows of the documents are
 * read once. Write each entry before asking for the next: the manifests list the checksums of the entries before them.
 */
export async function* closingEntries(
  facts: ClosingFacts,
  rows: TextPieces,
  password?: string,
): AsyncGenerator<PreparedEntry> {
  const folders = new OrgUnitFolders(facts.scope, facts.archive.bagRoot);
  const writer = new EntryMaker(facts, rows, password);
  for (const [index, text] of growingTexts(facts.archive, folders).entries()) yield* writer.joined(text, index);
  yield* writer.fixed(DATA_DICTIONARY_PATH, dataDictionary(facts.archive, folders));
  yield* writer.made(PROVENANCE_PATH, () => provenanceJson({ ...facts, facts: facts.archive, folders }));
  const payload = writer.taken();
  yield* writer.joined(payloadManifest(payload), MANIFEST_INDEX);
  yield* writer.fixed('bagit.txt', BAGIT_TXT);
  yield* writer.fixed('bag-info.txt', bagInfo(facts.archive, payloadSize(facts.archive, payload), facts.builtAt));
  yield* writer.fixed('README.txt', readmeTxt(facts.archive));
  yield* writer.clear(CHECKPOINT_PATH, facts.auditCheckpoint ?? NO_CHECKPOINT);
  yield* writer.fixed(TAG_MANIFEST, tagManifest(writer.taken()));
}

class EntryMaker {
  private measured: Measured[] = [];

  constructor(
    private readonly facts: ClosingFacts,
    private readonly rows: TextPieces,
    private readonly password: string | undefined,
  ) {}

  async *joined(text: BagText, index: number): AsyncGenerator<PreparedEntry> {
    const joined = await JoinedText.of(text, { pieces: this.rows.of(index), deflated: this.rows.deflated(index) });
    yield joined.entry(this.facts.archive.bagRoot, new Date(this.facts.builtAt), this.password);
    this.measured.push({ ...joined.checksum(), sizeBytes: joined.sizeBytes });
  }

  fixed(path: string, text: string): AsyncGenerator<PreparedEntry> {
    return this.made(path, () => [text]);
  }

  /** In the clear, whether the others are or not. */
  clear(path: string, text: string): AsyncGenerator<PreparedEntry> {
    return this.prepared(path, () => [text], undefined);
  }

  made(path: string, make: () => Iterable<string>): AsyncGenerator<PreparedEntry> {
    return this.prepared(path, make, this.password);
  }

  /** A text that is made each time it is read, once for its size and checksums; it is never held whole. */
  private async *prepared(
    path: string,
    make: () => Iterable<string>,
    password: string | undefined,
  ): AsyncGenerator<PreparedEntry> {
    const { archive, builtAt } = this.facts;
    const hash = createHash('sha256');
    const facts = { sizeBytes: 0, crc32: 0 };
    for (const block of blocksOf(make())) {
      hash.update(block);
      facts.crc32 = crc32(block, facts.crc32);
      facts.sizeBytes += block.length;
    }
    async function* content(): AsyncGenerator<Uint8Array> {
      yield* blocksOf(make());
    }
    const source = { name: `${archive.bagRoot}/${path}`, modifiedAt: new Date(builtAt), ...facts, content };
    yield prepareEntry(source, password === undefined ? {} : { password });
    this.measured.push({ path, sha256: hash.digest('hex'), sizeBytes: facts.sizeBytes });
  }

  /** What has been written since the last call. */
  taken(): readonly Measured[] {
    const taken = this.measured;
    this.measured = [];
    return taken;
  }
}

/** The pieces as bytes, many of them in one block. */
function* blocksOf(pieces: Iterable<string>): Generator<Buffer> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < BLOCK_LENGTH) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

function payloadSize(archive: ArchiveFacts, others: readonly Measured[]): { sizeBytes: number; fileCount: number } {
  return {
    sizeBytes: archive.tally.sizeBytes + others.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    fileCount: archive.tally.files.included + others.length,
  };
}
