import type { RegisteredDocument, RegisteredVersion } from '@account-backups/contracts';
import type { FileSlot } from '../record/file-slots.js';
import { fallbackFileName } from './media-type-extensions.js';
import { safeSegment, MAX_SEGMENT_LENGTH } from './safe-segment.js';
import { claimName, NameSet, SUFFIX_LENGTH, type TakenNames } from './taken-names.js';

/** Of a path, bag root included, in UTF-16 code units: Windows' 260 less a folder to unpack into. */
const MAX_PATH_LENGTH = 150;

const MAX_VERSION_LENGTH = 30;
const MIN_DOCUMENT_LENGTH = 11;
/** A file name is cut down to this before a document's folder is cut. */
const FILE_FAIR_SHARE = 24;

interface LayoutInput {
  readonly document: RegisteredDocument;
  readonly slots: readonly FileSlot[];
  /** The folder of the document's OU. */
  readonly folder: string;
  readonly bagRoot: string;
  /** The document folders named so far in the archive. */
  readonly taken: TakenNames;
}

/** The paths of a document's files, in the order of `slots`: `<folder>/<index>__<title>/<version>_<state>/<file>`. */
export function layOut({ document, slots, folder, bagRoot, taken }: LayoutInput): readonly string[] {
  if (slots.length === 0) return [];
  const versions = versionFolders(slots);
  const room = MAX_PATH_LENGTH - `${bagRoot}/${folder}/`.length;
  const limit = documentLimit(room, slots, versions);
  const own = claimName(taken, {
    within: `${folder}/`,
    seed: document.documentId,
    render: (suffix) => safeSegment(`${document.index}__${document.title}`, { limit, fallback: 'document', suffix }),
  });
  const names = new NameSet();
  return slots.map((slot) => {
    const within = `${own}/${versions.get(slot.version) ?? ''}/`;
    const rules = { limit: room - within.length, fallback: 'file', keepExtension: true };
    const name = fileNameOf(slot);
    const render = (suffix: string) => safeSegment(name, { ...rules, suffix });
    return `${folder}/${within}${claimName(names, { within, seed: slot.seed, render })}`;
  });
}

function fileNameOf({ originalName, mediaType }: FileSlot): string {
  return originalName || fallbackFileName(mediaType);
}

function versionFolders(slots: readonly FileSlot[]): ReadonlyMap<RegisteredVersion, string> {
  const names = new NameSet();
  const versions = [...new Set(slots.map(({ version }) => version))];
  return new Map(versions.map((version) => [version, versionFolder(version, names)]));
}

function versionFolder({ versionId, number, state }: RegisteredVersion, names: TakenNames): string {
  const ending = `_${state}`;
  const limit = MAX_VERSION_LENGTH - ending.length;
  const render = (suffix: string) => {
    const shown = suffix.length < limit ? safeSegment(number, { limit, fallback: '0', suffix }) : suffix;
    return safeSegment(`${shown}${ending}`, { limit: MAX_VERSION_LENGTH, fallback: 'version' });
  };
  return claimName(names, { within: '', seed: versionId, render });
}

// What is left by the longest version folder with a fair share for its file.
function documentLimit(
  room: number,
  slots: readonly FileSlot[],
  versions: ReadonlyMap<RegisteredVersion, string>,
): number {
  const demands = slots.map((slot) => {
    const file = Math.min(fileNameOf(slot).length + SUFFIX_LENGTH, FILE_FAIR_SHARE);
    return (versions.get(slot.version)?.length ?? 0) + file + 2;
  });
  const left = room - demands.reduce((a, b) => Math.max(a, b), 0);
  return Math.min(Math.max(left, MIN_DOCUMENT_LENGTH), MAX_SEGMENT_LENGTH);
}
