import fc from 'fast-check';
import type { RegisteredVersion } from '@account-backups/contracts';
import { manifestLines } from '../bagit/manifest-lines.js';
import { payloadManifest } from '../bagit/manifest.js';
import { DocumentPlanner } from '../layout/document-planner.js';
import { OrgUnitFolders } from '../layout/org-unit-folders.js';
import { indexPage } from '../pages/index-page.js';
import { whole } from '../testing/bag-texts.js';
import { csvCells } from '../testing/csv-cells.js';
import { aDocument, aVersion, contentOf } from '../testing/documents.js';
import { someFacts } from '../testing/facts.js';
import { anyText } from '../testing/hostile-text.js';
import { anOrgUnit } from '../testing/org-units.js';
import { csvText } from './csv-table.js';
import { filesTable } from './files-csv.js';

const awkward = fc
  .tuple(fc.constantFrom('', 'a', ';', '; ', ';\u0600', '\t', '"', ' '), anyText)
  .map((parts) => parts.join(''));
const version = fc.record({
  number: awkward,
  fileName: fc.option(awkward),
  attachments: fc.array(fc.record({ fileId: fc.constantFrom('x', 'y'), fileName: awkward }), { maxLength: 3 }),
});
const document = fc.record({ index: awkward, title: awkward, versions: fc.array(version, { maxLength: 3 }) });

/** As Info-ZIP's `unzip` names what it extracts. */
const unzipped = (path: string) => path.replace(/;\d*$/, '');

async function pathsOfManifest(text: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const { path } of manifestLines([Buffer.from(text)])) paths.push(path);
  return paths;
}

it('every path in table, manifest and page is that of a file, in every reader', async () => {
  const property = fc.asyncProperty(fc.array(document, { maxLength: 4 }), awkward, async (documents, name) => {
    const scope = { facilities: [], orgUnits: [anOrgUnit({ orgUnitId: 'chemistry', name })] };
    const folders = new OrgUnitFolders(scope, 'root');
    const planner = new DocumentPlanner({ bagRoot: 'root', folders, expectedDocuments: 10 });
    const records = documents.map(({ versions, ...texts }, number) => {
      const all = versions.map((each, at) => aVersion({ ...each, versionId: `v${at}` }) as RegisteredVersion);
      const registered = aDocument({ ...texts, documentId: `d${number}`, versions: all });
      return planner.plan({ document: registered, versions: all, contentOf });
    });
    const paths = records.flatMap(({ files }) => files.map(({ path }) => path));
    const [, ...rows] = csvCells(whole(csvText(filesTable), records));
    expect(rows.map(([path]) => path)).toEqual(paths);
    expect(await pathsOfManifest(whole(payloadManifest([]), records))).toEqual(paths);
    const page = whole(indexPage(someFacts(), folders), records);
    const links = Array.from(page.matchAll(/href="(documents\/[^"]*)"/g), ([, href = '']) => decodeURIComponent(href));
    expect(links.map((link) => `data/${link}`).toSorted(inOrder)).toEqual(paths.toSorted(inOrder));
    expect(paths.map(unzipped)).toEqual(paths);
  });
  await fc.assert(property, { numRuns: 200 });
});

const inOrder = (a: string, b: string): number => (a < b ? -1 : 1);
