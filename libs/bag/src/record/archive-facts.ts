import type { ArchiveTally } from './archive-tally.js';
import type { SelectionOptions } from './selection.js';

/** What the pages of an archive say about it as a whole. JSON-able. */
export interface ArchiveFacts {
  readonly bagRoot: string;
  readonly backupId: string;
  readonly account: { readonly accountId: string; readonly name: string; readonly timeZone: string };
  /** The instant the copy speaks for: when its documents were read from the register. */
  readonly asAt: string;
  readonly requestedAt: string;
  readonly requestedBy: { readonly userId: string; readonly name: string };
  readonly allOrgUnits: boolean;
  readonly options: SelectionOptions;
  readonly passwordProtected: boolean;
  /** The rule that named the folders of its plan; none for one that an earlier version planned. */
  readonly folderRule?: number;
  readonly software: { readonly name: string; readonly version: string };
  readonly tally: ArchiveTally;
}
