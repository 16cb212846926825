// The files of the bag that grow with each document. Building a segment makes and deflates the rows of its documents;
// closing only joins these pieces.
import {
  addTallies,
  csvText,
  documentsJsonl,
  documentsTable,
  emptyTally,
  exceptionsTable,
  filesTable,
  indexPage,
  OrgUnitFolders,
  payloadManifest,
  rowsOf,
  tallyPlanned,
  versionsTable,
  withFailures,
  type ArchiveFacts,
  type ArchiveTally,
  type BagText,
  type FileFailure,
  type PlannedDocument,
} from '@account-backups/bag';
import { PieceDeflater, type DeflatedPiece } from '@account-backups/zip';
import type { BuildFacts } from '../builds/build-facts.js';

/** Below `data/`, in the order in which the archive has them. */
export function growingTexts(facts: ArchiveFacts, folders: OrgUnitFolders): readonly BagText[] {
  return [
    indexPage(facts, folders),
    csvText(documentsTable(folders)),
    csvText(versionsTable),
    csvText(filesTable),
    csvText(exceptionsTable),
    documentsJsonl,
  ];
}

/** The manifest's index, after those of `growingTexts`: it grows with each document, too. */
export const MANIFEST_INDEX = 6;

/** The rows of a run of documents. */
export interface TextRows {
  readonly tally: ArchiveTally;
  /** One piece for each growing text and the manifest. */
  readonly pieces: readonly DeflatedPiece[];
  /** The pieces' bytes, one after another. */
  readonly deflated: Buffer;
}

/** Makes the rows of documents as they went into the archive. Memory: the deflated rows, and a block of each text. */
export async function textRows(
  { archive, scope }: Pick<BuildFacts, 'archive' | 'scope'>,
  records: Iterable<PlannedDocument>,
): Promise<TextRows> {
  const texts = [...growingTexts(archive, new OrgUnitFolders(scope, archive.bagRoot)), payloadManifest([])];
  const made = texts.map((text) => ({ text, deflater: new PieceDeflater() }));
  let tally = emptyTally;
  for (const record of records) {
    tally = addTallies(tally, tallyPlanned(record));
    for (const { text, deflater } of made) await deflater.add(Buffer.from(rowsOf(text, record)));
  }
  const finished = await Promise.all(made.map(({ deflater }) => deflater.finish()));
  const deflated = Buffer.concat(finished.flatMap((each) => each.deflated));
  return { tally, pieces: finished.map(({ piece }) => piece), deflated };
}

/** The planned documents as they went into the archive. */
export function* recordsAfter(
  records: Iterable<PlannedDocument>,
  failures: ReadonlyMap<string, FileFailure>,
): Generator<PlannedDocument> {
  for (const record of records) yield 'absent' in record ? record : withFailures(record, failures);
}
