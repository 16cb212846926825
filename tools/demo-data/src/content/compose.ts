import type { Manuscript, Section, Table } from './manuscript.js';
import { tell, type Theme, type Words } from './sentences.js';
import * as tables from './tables.js';

export type DocumentType =
  | 'SOP'
  | 'Work Instruction'
  | 'Policy'
  | 'Form'
  | 'Calibration Record'
  | 'Validation Report'
  | 'Risk Assessment'
  | 'Training Record';

type Composer = (words: Words, createdAt: string) => readonly Section[];

const text = (heading: string, theme: Theme, words: Words, count = 3): Section => ({
  heading,
  paragraphs: tell(theme, count, words),
});

const withTable = (heading: string, table: Table): Section => ({ heading, paragraphs: [], table });

const composers: Readonly<Record<DocumentType, Composer>> = {
  SOP: (words, createdAt) => [
    text('Purpose', 'purpose', words, 2),
    text('Scope', 'scope', words),
    text('Responsibilities', 'responsibilities', words, 4),
    text('Health and safety', 'safety', words, 4),
    withTable('Equipment and materials', tables.materialsTable(words)),
    { heading: 'Procedure', paragraphs: [], steps: tell('procedure', 12, words) },
    { ...text('Quality control', 'quality', words), table: tables.controlTable(words, createdAt) },
    text('Records', 'records', words),
  ],
  'Work Instruction': (words) => [
    text('Before you start', 'safety', words, 2),
    { heading: 'Steps', paragraphs: [], steps: tell('procedure', words.random.whole(5, 9), words) },
    text('Records', 'records', words, 1),
  ],
  Policy: (words) => [
    text('Purpose', 'purpose', words, 1),
    text('Scope', 'scope', words, 2),
    { heading: 'Policy', paragraphs: [], steps: tell('policy', words.random.whole(4, 6), words) },
    text('Responsibilities', 'responsibilities', words),
  ],
  Form: (words) => [
    { ...text('How to fill in this form', 'records', words, 1), table: tables.formTable(words) },
    text('When a check fails', 'responsibilities', words, 2),
  ],
  'Calibration Record': (words, createdAt) => [
    text('Method', 'procedure', words, 2),
    withTable('Result', tables.calibrationTable(words)),
    withTable('Control after calibration', tables.controlTable(words, createdAt)),
  ],
  'Validation Report': (words, createdAt) => [
    text('Purpose', 'purpose', words, 1),
    { heading: 'Method', paragraphs: [], steps: tell('procedure', 6, words) },
    { ...text('Results', 'findings', words, 4), table: tables.calibrationTable(words) },
    withTable('Imprecision', tables.controlTable(words, createdAt)),
    text('Conclusion', 'findings', words, 1),
  ],
  'Risk Assessment': (words) => [
    text('Scope', 'scope', words, 1),
    withTable('Assessment', tables.riskTable(words)),
    text('Measures', 'safety', words, 4),
  ],
  'Training Record': (words) => [
    text('Aim', 'purpose', words, 1),
    withTable('Record', tables.competenceTable(words)),
    text('Sign-off', 'responsibilities', words, 2),
  ],
};

/** The text of one version of a document; the front matter is the caller's. */
export function compose(type: DocumentType, words: Words, front: Omit<Manuscript, 'sections' | 'type'>): Manuscript {
  return { ...front, type, sections: composers[type](words, front.createdAt) };
}

/** The tables of a manuscript, for formats that hold nothing else. */
export function tablesOf(manuscript: Manuscript): readonly Table[] {
  return manuscript.sections.flatMap(({ table }) => table ?? []);
}
