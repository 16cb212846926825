import type { VersionState } from '@account-backups/contracts';
import type { DocumentType } from '../content/compose.js';
import type { Manuscript } from '../content/manuscript.js';
import { renderDocx } from '../formats/docx.js';
import { renderPdf } from '../formats/pdf.js';
import { renderCsv, renderHtml, renderText } from '../formats/text-formats.js';
import { winAnsi } from '../formats/win-ansi.js';
import { renderXlsx } from '../formats/xlsx.js';
import type { SeededRandom } from '../seeded-random.js';

interface FileFormat {
  readonly extension: string;
  readonly mediaType: string;
  readonly render: (manuscript: Manuscript) => Buffer | Promise<Buffer>;
}

const office = 'application/vnd.openxmlformats-officedocument';

export const fileFormats = {
  pdf: { extension: 'pdf', mediaType: 'application/pdf', render: renderPdf },
  docx: { extension: 'docx', mediaType: `${office}.wordprocessingml.document`, render: renderDocx },
  xlsx: { extension: 'xlsx', mediaType: `${office}.spreadsheetml.sheet`, render: renderXlsx },
  csv: { extension: 'csv', mediaType: 'text/csv', render: renderCsv },
  html: { extension: 'html', mediaType: 'text/html', render: renderHtml },
  txt: { extension: 'txt', mediaType: 'text/plain', render: renderText },
} as const satisfies Record<string, FileFormat>;
type FormatName = keyof typeof fileFormats;

const usual: Readonly<Record<DocumentType, readonly FormatName[]>> = {
  SOP: ['pdf', 'pdf', 'docx'],
  'Work Instruction': ['html', 'docx', 'txt', 'pdf'],
  Policy: ['pdf', 'pdf', 'docx', 'html'],
  Form: ['docx', 'xlsx'],
  'Calibration Record': ['xlsx', 'pdf', 'csv'],
  'Validation Report': ['pdf', 'docx'],
  'Risk Assessment': ['xlsx', 'docx'],
  'Training Record': ['docx', 'pdf'],
};

/** The format of a version: never a PDF while it is being written, or if a PDF's own fonts cannot show its title. */
export function formatOf(title: string, type: DocumentType, state: VersionState, random: SeededRandom): FileFormat {
  const chosen = random.pick(usual[type]);
  const unfinished = state === 'draft' || state === 'awaiting_authorisation';
  const unfit = unfinished || winAnsi(title) !== title;
  return fileFormats[chosen === 'pdf' && unfit ? 'docx' : chosen];
}
