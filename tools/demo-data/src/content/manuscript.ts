// A document's text before it is given a format.

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Section {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** Numbered. */
  readonly steps?: readonly string[];
  readonly table?: Table;
}

export interface Manuscript {
  readonly organisation: string;
  readonly index: string;
  readonly title: string;
  readonly type: string;
  readonly version: string;
  readonly state: string;
  readonly author: string;
  /** ISO 8601; also the date in the file's own properties. */
  readonly createdAt: string;
  readonly authorisation: string;
  readonly sections: readonly Section[];
}

/** The front page's facts, line by line. */
export function factsOf(manuscript: Manuscript): readonly (readonly [string, string])[] {
  return [
    ['Document', manuscript.index],
    ['Version', manuscript.version],
    ['Status', manuscript.state],
    ['Type', manuscript.type],
    ['Author', manuscript.author],
    ['Date', manuscript.createdAt.slice(0, 10)],
    ['Authorisation', manuscript.authorisation],
  ];
}
