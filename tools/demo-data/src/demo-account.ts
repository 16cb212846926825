import type { directory, registeredDocument } from '@account-backups/contracts';
import type { z } from 'zod';

/** A file's content: whole when it is small, piece by piece when it is large. */
type Content = Buffer | AsyncIterable<Buffer>;

export interface DemoFile {
  readonly fileId: string;
  readonly fileName: string;
  /** Makes the content; each call gives the same bytes. */
  readonly make: () => Content | Promise<Content>;
}

export type DocumentInput = z.input<typeof registeredDocument>;

export interface DemoDocument {
  readonly document: DocumentInput;
  /** The files that are sent; the document may name one that never comes. */
  readonly files: readonly DemoFile[];
}

/** Days counted from today in the account's time zone; the last day is valid too. */
interface DemoTerm {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly reference: string;
  readonly note: string;
}

export interface DemoAccount {
  readonly accountId: string;
  readonly directory: z.input<typeof directory>;
  readonly term: DemoTerm;
  /** All documents, made one after another; each call gives the same ones. */
  readonly documents: () => Iterable<DemoDocument>;
}
