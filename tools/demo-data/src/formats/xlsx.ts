// SpreadsheetML (ECMA-376-1, part 18) with inline strings: one sheet for each table.
import { strToU8 } from 'fflate';
import { tablesOf } from '../content/compose.js';
import { factsOf, type Manuscript, type Table } from '../content/manuscript.js';
import { escapeXml } from './escape-xml.js';
import { contentTypes, coreProperties, OFFICE_RELATIONS, relationships, XML_HEAD } from './office-parts.js';
import { packOffice } from './office-zip.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A workbook: the front page's facts, then the tables. */
export function renderXlsx(manuscript: Manuscript): Buffer {
  const front: Table = {
    caption: 'Front page',
    columns: ['Field', 'Value'],
    rows: [['Title', manuscript.title], ...factsOf(manuscript)],
  };
  const tables = [front, ...tablesOf(manuscript)];
  const numbers = tables.map((_, index) => index + 1);
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(partTypes(numbers)),
    '_rels/.rels': relationships([
      ['officeDocument', 'xl/workbook.xml'],
      ['core-properties', 'docProps/core.xml'],
    ]),
    'docProps/core.xml': coreProperties(manuscript),
    'xl/workbook.xml': workbook(tables),
    'xl/_rels/workbook.xml.rels': relationships([
      ...numbers.map((number) => ['worksheet', `worksheets/sheet${number}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': styles,
  };
  tables.forEach((table, index) => (parts[`xl/worksheets/sheet${index + 1}.xml`] = sheet(table)));
  return packOffice(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(XML_HEAD + xml)])));
}

function sheet(table: Table): string {
  const rows = [row(table.columns, 1, ' s="1"'), ...table.rows.map((cells, index) => row(cells, index + 2, ''))];
  return `<worksheet xmlns="${MAIN}"><cols><col min="1" max="${table.columns.length}" width="24" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

function row(cells: readonly string[], number: number, style: string): string {
  return `<row r="${number}">${cells.map((cell, column) => cellOf(cell, `${String.fromCharCode(65 + column)}${number}`, style)).join('')}</row>`;
}

function cellOf(text: string, reference: string, style: string): string {
  if (text === '') return `<c r="${reference}"${style}/>`;
  if (/^-?\d+(\.\d+)?$/.test(text)) return `<c r="${reference}"${style}><v>${text}</v></c>`;
  return `<c r="${reference}"${style} t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

function workbook(tables: readonly Table[]): string {
  const sheets = tables.map(
    ({ caption }, index) =>
      `<sheet name="${escapeXml(sheetName(caption, index))}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE_RELATIONS}"><sheets>${sheets.join('')}</sheets></workbook>`;
}

/** At most 31 characters, none of `[ ] : * ? / \`, unique in the workbook. */
function sheetName(caption: string, index: number): string {
  return `${index + 1} ${caption.replace(/[[\]:*?/\\]/g, ' ')}`.slice(0, 31).trim();
}

function partTypes(numbers: readonly number[]): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ['xl/workbook.xml', `${TYPE}.sheet.main+xml`],
    ['xl/styles.xml', `${TYPE}.styles+xml`],
    ...numbers.map((number) => [`xl/worksheets/sheet${number}.xml`, `${TYPE}.worksheet+xml`]),
  ]);
}

const styles = [
  `<styleSheet xmlns="${MAIN}">`,
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border/></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>',
  '</styleSheet>',
].join('');
