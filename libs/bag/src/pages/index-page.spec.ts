import { Script } from 'node:vm';
import fc from 'fast-check';
import { OrgUnitFolders } from '../layout/org-unit-folders.js';
import type { ArchiveRecord } from '../record/archive-record.js';
import { aDocument, aVersion, contentOf } from '../testing/documents.js';
import { someFacts } from '../testing/facts.js';
import { anyText } from '../testing/hostile-text.js';
import { anOrgUnit } from '../testing/org-units.js';
import { indexPage } from './index-page.js';
import { indexPageEarlyScript, indexPageScript } from './index-page-script.js';

const folders = new OrgUnitFolders(
  {
    facilities: [{ facilityId: 'n', name: 'North' }],
    orgUnits: [
      anOrgUnit({ orgUnitId: 'chemistry', name: 'Chemistry', facilityId: 'n' }),
      anOrgUnit({ orgUnitId: 'wards', name: 'Wards', facilityId: 'n' }),
    ],
  },
  'root',
);
const page = indexPage(someFacts(), folders);

function aRecord(differences: Partial<ArchiveRecord> = {}): ArchiveRecord {
  const content = contentOf('file-1');
  const path = 'data/documents/North/Chemistry/SOP-001__Handling/1.0_authorised/samples.pdf';
  const of = { versionId: 'ver-1', originalName: 'samples.pdf', mediaType: null };
  const file = { ...of, ...content, path, kind: 'main' as const, modifiedAt: '2025-01-02T03:04:05Z' };
  const document = aDocument();
  return { document, orgUnitIds: ['chemistry'], versionIds: ['ver-1'], files: [file], exceptions: [], ...differences };
}

describe('index page', () => {
  it('says that it is an uncontrolled copy and as at when, in the account’s time zone', () => {
    expect(page.head()).toContain('<strong>UNCONTROLLED COPY</strong> as at 2025-07-23 17:04 +01:00 (Europe/London)');
  });

  it('shows a document with index, title, type, status, units, state and a link', () => {
    const row = page.rows(aRecord({ orgUnitIds: ['chemistry', 'wards'] }));
    expect(row).toContain('<th scope="row">SOP-001</th>');
    expect(row).toContain('<td>SOP</td><td>Active</td>');
    expect(row).toContain('<li>North › Chemistry</li><li>North › Wards</li>');
    expect(row).toContain('<span class="state authorised">Authorised</span>');
    const href = 'documents/North/Chemistry/SOP-001__Handling/1.0_authorised/samples.pdf';
    expect(row).toContain(`<a href="${href}">samples.pdf</a> <small>6 bytes</small>`);
  });

  it('does not name versions that were left out', () => {
    const versions = [aVersion({ versionId: 'old', number: '0.9' }), aVersion()];
    expect(page.rows(aRecord({ document: aDocument({ versions }) }))).not.toContain('0.9');
  });

  it('shows a file that could not be included', () => {
    const of = { documentId: 'doc-1', versionId: 'ver-1', fileId: 'file-1', originalName: 'samples.pdf' };
    const exceptions = [{ ...of, code: 'FILE_MISSING', message: 'Never came.' }];
    const row = page.rows(aRecord({ files: [], exceptions }));
    expect(row).toContain('samples.pdf: not included (FILE_MISSING)');
  });

  it.each([
    ['https://example.org/?a=1&b=2', '<a href="https://example.org/?a=1&amp;b=2" rel="external noreferrer noopener">'],
    ['javascript:alert(1)', '> javascript:alert(1) <small>external</small>'],
  ])('shows the external document %s', (externalUrl, expected) => {
    const versions = [aVersion({ fileId: null, externalUrl })];
    expect(page.rows(aRecord({ document: aDocument({ versions }), files: [] }))).toContain(expected);
  });

  it('lets no text of a document become markup', () => {
    const tags = /<(?:\/?(?:tr|th|td|ul|li|b|p|bdi|small|span|a))(?: (?:scope|class|href|rel)="[^"<>]*")*>/g;
    fc.assert(
      fc.property(anyText, (text) => {
        const versions = [aVersion({ number: text, externalUrl: text, fileId: null })];
        const document = aDocument({ index: text, title: text, type: text, owners: [text], section: text, versions });
        const row = page.rows(aRecord({ document, files: [] }));
        expect(row.replace(tags, '')).not.toMatch(/[<>]/);
      }),
    );
  });

  it('escapes the names of account and requester', () => {
    const account = { accountId: 'x', name: '<script>1</script>', timeZone: 'UTC' };
    const hostile = indexPage(someFacts({ account, requestedBy: { userId: 'x', name: '<img src=x>' } }), folders);
    expect(hostile.head() + hostile.foot()).not.toMatch(/<script>1|<img/);
  });

  it('asks for nothing from outside', () => {
    const whole = page.head() + page.rows(aRecord()) + page.foot();
    expect(whole).not.toMatch(/(?:src|href)="?(?:https?:|\/)|@import|url\(/);
  });

  it('carries scripts that compile and do not end their element', () => {
    expect(() => [indexPageScript, indexPageEarlyScript].map((source) => new Script(source))).not.toThrow();
    expect(indexPageScript + indexPageEarlyScript).not.toMatch(/<\/script|<!--/i);
  });
});
