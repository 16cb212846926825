import { AppError } from '@account-backups/contracts';
import {
  orgUnitNames,
  type ArchivedFacility,
  type ArchivedOrgUnit,
  type ArchivedScope,
} from '../record/archived-scope.js';
import { safeSegment } from './safe-segment.js';
import { shownPath } from './shown-path.js';
import { claimName, NameSet, SUFFIX_LENGTH } from './taken-names.js';

/** Where a document goes: the folder of its first chosen OU, and all its chosen OUs in order. */
interface Placement {
  readonly folder: string;
  readonly orgUnitIds: readonly string[];
}

interface Place {
  readonly folder: string;
  /** Facility, ancestors, own name, as they are told. */
  readonly names: readonly string[];
}

/** Grows when folders get other names: an archive may be planned by one version of this and closed by the next. */
export const FOLDER_RULE = 2;

const DOCUMENTS = 'data/documents/';
/** What root, facility, OU and the slash between the two may take of a path: the rest is the documents'. */
const ROOT_AND_FOLDER_LENGTH = 73;
/** A letter and what makes a name unique. */
const MIN_ORG_UNIT_LENGTH = 1 + SUFFIX_LENGTH;

/** The folders of the chosen OUs: built once, unique even where case is ignored, the same for the same scope. */
export class OrgUnitFolders {
  private readonly places = new Map<string, Place>();
  private readonly ranks = new Map<string, number>();

  /** `bagRoot` is the archive's top folder: what it leaves of its length is the folders'. */
  constructor(scope: ArchivedScope, bagRoot: string) {
    const taken = new NameSet();
    const room = ROOT_AND_FOLDER_LENGTH - bagRoot.length;
    const facilities = facilityFolders(scope, room, taken);
    const names = orgUnitNames(scope);
    const ordered = scope.orgUnits.map((unit) => ({ unit, names: names(unit) })).sort(byPath);
    for (const { unit, names: path } of ordered) {
      const facility = facilities.get(unit.facilityId ?? '');
      const within = facility ? `${facility}/` : '';
      const render = (suffix: string) =>
        safeSegment(unit.name, { limit: room - within.length, fallback: 'OU', suffix });
      const own = claimName(taken, { within, seed: `ou:${unit.orgUnitId}`, render });
      this.ranks.set(unit.orgUnitId, this.ranks.size);
      this.places.set(unit.orgUnitId, { folder: `${DOCUMENTS}${within}${own}`, names: shownPath(path) });
    }
  }

  /** Where a document of these OUs goes. Throws `INTERNAL` when none of them is a chosen one. */
  placementOf(orgUnitIds: readonly string[]): Placement {
    const chosen = [...new Set(orgUnitIds)].filter((orgUnitId) => this.ranks.has(orgUnitId));
    chosen.sort((a, b) => this.rankOf(a) - this.rankOf(b));
    const place = this.places.get(chosen[0] ?? '');
    if (!place) {
      throw new AppError('INTERNAL', `document of the OUs ${orgUnitIds.join(', ')} lies in no chosen OU, expected one`);
    }
    return { folder: place.folder, orgUnitIds: chosen };
  }

  /**
   * Facility, ancestors and name of a chosen OU, as `shownPath` tells them; for any other just the id, since its name
   * must not be told.
   */
  namesOf(orgUnitId: string): readonly string[] {
    return this.places.get(orgUnitId)?.names ?? [orgUnitId];
  }

  /** The chosen OUs in the order of their paths. */
  get orgUnitIds(): readonly string[] {
    return [...this.ranks.keys()];
  }

  private rankOf(orgUnitId: string): number {
    return this.ranks.get(orgUnitId) ?? this.ranks.size;
  }
}

// A facility has half of the room, or what its longest OU leaves.
function facilityFolders(
  { facilities, orgUnits }: ArchivedScope,
  room: number,
  taken: NameSet,
): ReadonlyMap<string, string> {
  const longest = new Map<string | null, number>();
  for (const { facilityId, name } of orgUnits) {
    longest.set(facilityId, Math.max(longest.get(facilityId) ?? 0, name.length));
  }
  const ordered = facilities.filter(({ facilityId }) => longest.has(facilityId)).sort(byName);
  const folders = ordered.map(({ facilityId, name }) => {
    const orgUnit = Math.max(longest.get(facilityId) ?? 0, MIN_ORG_UNIT_LENGTH);
    const limit = Math.max(Math.floor((room - 1) / 2), room - 1 - orgUnit);
    const render = (suffix: string) => safeSegment(name, { limit, fallback: 'Facility', suffix });
    return [facilityId, claimName(taken, { within: '', seed: `facility:${facilityId}`, render })] as const;
  });
  return new Map(folders);
}

interface Sortable {
  readonly unit: ArchivedOrgUnit;
  readonly names: readonly string[];
}

function byPath(a: Sortable, b: Sortable): number {
  const at = a.names.findIndex((name, index) => name !== b.names[index]);
  const [first, second] = at < 0 ? ['', b.names[a.names.length] ?? ''] : [a.names[at] ?? '', b.names[at] ?? ''];
  return compare(first, second) || compare(a.unit.orgUnitId, b.unit.orgUnitId);
}

function byName(a: ArchivedFacility, b: ArchivedFacility): number {
  return compare(a.name, b.name) || compare(a.facilityId, b.facilityId);
}

// By code unit: the order of a locale changes with its data.
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
