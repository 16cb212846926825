import { PDFDocument, StandardFonts, type PDFFont, type PDFPage } from 'pdf-lib';
import { factsOf, type Manuscript, type Section, type Table } from '../content/manuscript.js';
import { winAnsi } from './win-ansi.js';

const A4 = { width: 595.28, height: 841.89 };
const MARGIN = 56;
const TEXT_WIDTH = A4.width - 2 * MARGIN;
const PRODUCER = 'Northfield document renderer';

/** A PDF 1.7 with selectable text; the same manuscript gives the same bytes. */
export async function renderPdf(manuscript: Manuscript): Promise<Buffer> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const fonts = {
    text: await pdf.embedFont(StandardFonts.Helvetica),
    strong: await pdf.embedFont(StandardFonts.HelveticaBold),
  };
  describe(pdf, manuscript);
  const writer = new PageWriter(pdf, fonts, winAnsi(`${manuscript.organisation} · ${manuscript.index}`));
  writer.write(manuscript.title, { size: 18, strong: true, gapAfter: 10 });
  for (const [name, value] of factsOf(manuscript)) writer.write(`${name}: ${value}`, { size: 9, gapAfter: 1 });
  manuscript.sections.forEach((section, index) => writeSection(writer, section, index + 1));
  writer.writeFooters();
  return Buffer.from(await pdf.save({ useObjectStreams: false }));
}

function describe(pdf: PDFDocument, manuscript: Manuscript): void {
  const date = new Date(manuscript.createdAt);
  pdf.setTitle(manuscript.title);
  pdf.setAuthor(manuscript.author);
  pdf.setSubject(`${manuscript.index} version ${manuscript.version}`);
  pdf.setProducer(PRODUCER);
  pdf.setCreator(manuscript.organisation);
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
}

function writeSection(writer: PageWriter, section: Section, number: number): void {
  writer.write(`${number}  ${section.heading}`, { size: 13, strong: true, gapBefore: 14, gapAfter: 4 });
  for (const paragraph of section.paragraphs) writer.write(paragraph, { size: 10, gapAfter: 5 });
  section.steps?.forEach((step, index) => writer.write(`${number}.${index + 1}  ${step}`, { size: 10, gapAfter: 4 }));
  if (section.table) writeTable(writer, section.table);
}

function writeTable(writer: PageWriter, table: Table): void {
  writer.write(table.caption, { size: 9, strong: true, gapBefore: 4, gapAfter: 3 });
  writer.writeCells(table.columns, true);
  for (const row of table.rows) writer.writeCells(row, false);
}

interface LineStyle {
  readonly size: number;
  readonly strong?: boolean;
  readonly gapBefore?: number;
  readonly gapAfter?: number;
}

class PageWriter {
  private page: PDFPage;
  private y = A4.height - MARGIN;

  constructor(
    private readonly pdf: PDFDocument,
    private readonly fonts: { readonly text: PDFFont; readonly strong: PDFFont },
    private readonly footer: string,
  ) {
    this.page = pdf.addPage([A4.width, A4.height]);
  }

  write(text: string, style: LineStyle): void {
    const font = style.strong ? this.fonts.strong : this.fonts.text;
    this.y -= style.gapBefore ?? 0;
    for (const line of wrap(winAnsi(text), font, style.size)) {
      this.makeRoom(style.size * 1.3);
      this.page.drawText(line, { x: MARGIN, y: this.y, size: style.size, font });
    }
    this.y -= style.gapAfter ?? 0;
  }

  /** One row, its cells of equal width, cut off where they do not fit. */
  writeCells(cells: readonly string[], strong: boolean): void {
    const width = TEXT_WIDTH / cells.length;
    const font = strong ? this.fonts.strong : this.fonts.text;
    this.makeRoom(12);
    cells.forEach((cell, column) => {
      const shown = winAnsi(cell).slice(0, Math.floor(width / 4));
      if (shown !== '') this.page.drawText(shown, { x: MARGIN + column * width, y: this.y, size: 8, font });
    });
  }

  writeFooters(): void {
    const pages = this.pdf.getPages();
    pages.forEach((page, index) => {
      const text = `${this.footer}   page ${index + 1} of ${pages.length}`;
      page.drawText(text, { x: MARGIN, y: MARGIN / 2, size: 8, font: this.fonts.text });
    });
  }

  private makeRoom(height: number): void {
    this.y -= height;
    if (this.y > MARGIN) return;
    this.page = this.pdf.addPage([A4.width, A4.height]);
    this.y = A4.height - MARGIN - height;
  }
}

function wrap(text: string, font: PDFFont, size: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && font.widthOfTextAtSize(longer, size) > TEXT_WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}
