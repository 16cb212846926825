import { inflateSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import type { Manuscript } from '../content/manuscript.js';
import { renderDocx } from './docx.js';
import { renderPdf } from './pdf.js';
import { renderCsv, renderHtml, renderText } from './text-formats.js';
import { renderXlsx } from './xlsx.js';

const manuscript: Manuscript = {
  organisation: 'Northfield',
  index: 'Q-1',
  title: 'Waste <& "sharps">',
  type: 'SOP',
  version: '2.0',
  state: 'authorised',
  author: 'Yuki Tanaka (田中 由紀)',
  createdAt: '2026-02-03T04:05:06.000Z',
  authorisation: 'Ada, 2026-02-04',
  sections: [
    { heading: 'Purpose', paragraphs: ['Why it is done.'], steps: ['First step', 'Second step'] },
    { heading: 'Result', paragraphs: [], table: { caption: 'Points', columns: ['A', 'B'], rows: [['1.5', 'x, "y"']] } },
  ],
};

const partsOf = (packed: Buffer) =>
  Object.fromEntries(Object.entries(unzipSync(packed)).map(([name, bytes]) => [name, strFromU8(bytes)]));

describe('a manuscript', () => {
  it('becomes a Word document with its title, steps and table', () => {
    const body = partsOf(renderDocx(manuscript))['word/document.xml'];
    expect(body).toContain('Waste &lt;&amp; &quot;sharps&quot;&gt;');
    expect(body).toMatch(/<w:numId w:val="1"\/>.*First step.*Second step.*<w:tbl>/s);
  });

  it('gives a Word document its own date, not that of today', () => {
    expect(partsOf(renderDocx(manuscript))['docProps/core.xml']).toContain('>2026-02-03T04:05:06Z</dcterms:modified>');
  });

  it('becomes a workbook with a sheet for each table, numbers as numbers', () => {
    const parts = partsOf(renderXlsx(manuscript));
    expect(parts['xl/workbook.xml']).toContain('<sheet name="2 Points" sheetId="2" r:id="rId2"/>');
    expect(parts['xl/worksheets/sheet2.xml']).toContain('<c r="A2"><v>1.5</v></c>');
  });

  it('becomes a PDF that says who wrote it in letters that its fonts have', async () => {
    const pdf = (await renderPdf(manuscript)).toString('latin1');
    const streams = [...pdf.matchAll(/stream\r?\n(.*?)\r?\nendstream/gs)].map(([, data = '']) =>
      Buffer.from(data, 'latin1'),
    );
    const text = streams.map((data) => inflateSync(data).toString('latin1')).join('');
    expect(pdf.startsWith('%PDF-1.7')).toBe(true);
    expect(text).toContain(Buffer.from('Author: Yuki Tanaka', 'latin1').toString('hex').toUpperCase());
  });

  it('becomes HTML in which nothing can break out of its place', () => {
    expect(renderHtml(manuscript).toString()).toContain('<h1>Waste &lt;&amp; &quot;sharps&quot;&gt;</h1>');
  });

  it('becomes plain text with numbered steps', () => {
    expect(renderText(manuscript).toString()).toContain(' 1. First step\r\n 2. Second step');
  });

  it('becomes the CSV of its first table', () => {
    expect(renderCsv(manuscript).toString()).toBe('A,B\r\n1.5,"x, ""y"""\r\n');
  });
});
