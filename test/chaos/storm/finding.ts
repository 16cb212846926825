/** Something that is not as it should be; `kind` stays the same for the same sort of fault. */
export interface Finding {
  readonly kind: string;
  readonly what: string;
  /** Which account, backup, object, document. */
  readonly where: string;
  readonly expected: unknown;
  readonly found: unknown;
}
