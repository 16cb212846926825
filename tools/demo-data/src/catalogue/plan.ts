import type { VersionState } from '@account-backups/contracts';
import type { DocumentType } from '../content/compose.js';
import type { Discipline } from '../content/disciplines.js';

/** What is decided about a document before its versions and files are made. */
export interface DocumentPlan {
  readonly documentId: string;
  readonly index: string;
  readonly title: string;
  readonly type: DocumentType;
  /** The words that its text is made of. */
  readonly subject: Discipline;
  readonly orgUnitIds: readonly string[];
  readonly section: string;
  readonly active: boolean;
  /** Oldest first. */
  readonly states: readonly VersionState[];
  readonly attachments: number;
}

/** Whose documents they are. */
export interface House {
  readonly seed: string;
  readonly organisation: string;
  readonly people: readonly string[];
}
