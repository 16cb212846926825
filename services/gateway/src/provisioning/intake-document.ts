import type { RegisteredDocument } from '@account-backups/contracts';

/** A document that was sent, and on which line. */
export interface IntakeDocument {
  readonly line: number;
  readonly document: RegisteredDocument;
}
