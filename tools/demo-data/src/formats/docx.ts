// WordprocessingML (ECMA-376-1, part 17): headings, numbered steps and tables are all that a controlled document needs.
import { strToU8 } from 'fflate';
import { factsOf, type Manuscript, type Section, type Table } from '../content/manuscript.js';
import { contentTypes, coreProperties, relationships, XML_HEAD } from './office-parts.js';
import { packOffice } from './office-zip.js';
import { escapeXml } from './escape-xml.js';

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** A Word document; the same manuscript gives the same bytes. */
export function renderDocx(manuscript: Manuscript): Buffer {
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': contentTypes({
      'word/document.xml': `${TYPE}.document.main+xml`,
      'word/styles.xml': `${TYPE}.styles+xml`,
      'word/numbering.xml': `${TYPE}.numbering+xml`,
    }),
    '_rels/.rels': relationships([
      ['officeDocument', 'word/document.xml'],
      ['core-properties', 'docProps/core.xml'],
    ]),
    'word/_rels/document.xml.rels': relationships([
      ['styles', 'styles.xml'],
      ['numbering', 'numbering.xml'],
    ]),
    'word/document.xml': bodyOf(manuscript),
    'word/styles.xml': STYLES,
    'word/numbering.xml': numbering(manuscript.sections.length),
    'docProps/core.xml': coreProperties(manuscript),
  };
  return packOffice(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(XML_HEAD + xml)])));
}

function bodyOf(manuscript: Manuscript): string {
  const front = [
    paragraph(manuscript.organisation),
    paragraph(manuscript.title, style('Title')),
    tableOf({ caption: '', columns: [], rows: factsOf(manuscript) }),
  ];
  const page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>';
  const sections = manuscript.sections.map(sectionOf);
  return `<w:document xmlns:w="${MAIN}"><w:body>${[...front, ...sections].join('')}${page}</w:body></w:document>`;
}

function sectionOf({ heading, paragraphs, steps = [], table }: Section, index: number): string {
  // a list of its own for each section: numbers start again at 1
  const numbered = `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="${index + 1}"/></w:numPr></w:pPr>`;
  return [
    paragraph(heading, style('Heading1')),
    ...paragraphs.map((text) => paragraph(text)),
    ...steps.map((text) => paragraph(text, numbered)),
    table ? paragraph(table.caption) + tableOf(table) + paragraph('') : '',
  ].join('');
}

const style = (name: string) => `<w:pPr><w:pStyle w:val="${name}"/></w:pPr>`;

function paragraph(text: string, properties = '', bold = false): string {
  const weight = bold ? '<w:rPr><w:b/></w:rPr>' : '';
  return `<w:p>${properties}<w:r>${weight}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
}

function tableOf({ columns, rows }: Table): string {
  const width = columns.length || rows[0]?.length || 1;
  const sides = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'];
  const borders = sides.map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`).join('');
  const properties = `<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${borders}</w:tblBorders></w:tblPr>`;
  const grid = `<w:tblGrid>${'<w:gridCol/>'.repeat(width)}</w:tblGrid>`;
  const head = columns.length > 0 ? rowOf(columns, true) : '';
  return `<w:tbl>${properties}${grid}${head}${rows.map((cells) => rowOf(cells, false)).join('')}</w:tbl>`;
}

function rowOf(cells: readonly string[], bold: boolean): string {
  return `<w:tr>${cells.map((text) => `<w:tc>${paragraph(text, '', bold)}</w:tc>`).join('')}</w:tr>`;
}

function numbering(lists: number): string {
  const level =
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>';
  const abstract = `<w:abstractNum w:abstractNumId="0">${level}</w:abstractNum>`;
  const restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>';
  const list = (_: unknown, index: number) =>
    `<w:num w:numId="${index + 1}"><w:abstractNumId w:val="0"/>${restart}</w:num>`;
  return `<w:numbering xmlns:w="${MAIN}">${abstract}${Array.from({ length: lists }, list).join('')}</w:numbering>`;
}

function headingStyle(id: string, name: string, halfPoints: number): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/></w:pPr><w:rPr><w:b/><w:sz w:val="${halfPoints}"/></w:rPr></w:style>`;
}

const STYLES = [
  `<w:styles xmlns:w="${MAIN}">`,
  '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>',
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
  headingStyle('Title', 'Title', 40),
  headingStyle('Heading1', 'heading 1', 28),
  '</w:styles>',
].join('');
