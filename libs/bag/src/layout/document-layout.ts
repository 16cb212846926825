import type { RegisteredDocument, RegisteredVersion } from '@account-backups/contracts';
import type { FileSlot } from '../record/file-slots.js';
import { fallbackFileName } from './media-type-extensions.js';
import { safeSegment, MAX_SEGMENT_LENGTH } from './safe-segment.js';
import { claimName, NameSet, SUFFIX_LENGTH, type TakenNames } from './taken-names.js';

/** Of a path, bag root included, in UTF-16 code units: Windows' 260 less a folder to unpack into. */
const MAX_PATH_LENGTH = 150;

const MAX_VERSION_LENGTH = 30;
const MIN_DOCUMENT_LENGTH = 11;
/** Before a document's folder is cut, a file name is: to this part of what both have, within these bounds. */
const FILE_SHARE = 2 / 5;
const MIN_FILE_LENGTH = 17;
const MAX_FILE_SHARE = 24;

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
  const counts = new Map<RegisteredVersion, number>();
  for (const { version } of slots) counts.set(version, (counts.get(version) ?? 0) + 1);
  const demands = slots.map((slot) => {
    const version = (versions.get(slot.version)?.length ?? 0) + 2;
    const share = Math.max(MIN_FILE_LENGTH, Math.floor((room - version) * FILE_SHARE));
    // alone in its version, a name needs nothing to be unique
    const whole = fileNameOf(slot).length + (counts.get(slot.version) === 1 ? 0 : SUFFIX_LENGTH);
    return version + Math.min(whole, share, MAX_FILE_SHARE);
  });
  const left = room - demands.reduce((a, b) => Math.max(a, b), 0);
  return Math.min(Math.max(left, MIN_DOCUMENT_LENGTH), MAX_SEGMENT_LENGTH);
}
