// Do metadata, manifests and index of a bag need no more memory for a million documents than for ten thousand?
// Each size runs in a process of its own whose heap is bounded: what grew with the documents would end it.
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once, setMaxListeners } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addTallies, DocumentPlanner, emptyTally, OrgUnitFolders, selectVersions } from '@account-backups/bag';
import { MIB } from '@account-backups/contracts';
import { openObjectStore } from '@account-backups/object-store';
import { closingEntries } from '@account-backups/zip-builder/closing/closing-entries.js';
import { textRows } from '@account-backups/zip-builder/texts/growing-texts.js';
import { storedPieces } from '@account-backups/zip-builder/texts/text-pieces.js';

const HEAP_MIB = 64;
const SIZES = [10_000, 100_000, 1_000_000];
const MAX_GROWTH_MIB = 48;
const SEGMENT_DOCUMENTS = 2_000;

const bagRoot = 'bench_20260301T120000Z_1a2b3c4d';
const at = '2026-03-01T12:00:00.000Z';
const options = { includeActive: true, includeInactive: true, excludeSuperseded: false };
const orgUnits = Array.from({ length: 50 }, (_, number) => ({
  orgUnitId: `ou-${number}`,
  name: `Unit ${number}`,
  parentOrgUnitId: number > 9 ? `ou-${number % 10}` : null,
  facilityId: null,
}));
const scope = { facilities: [], orgUnits };
const titles = [
  'Handling of samples',
  'Überprüfung der Kühlkette',
  '試料の取り扱い',
  '=1+1, "quoted"',
  '<b>Bold</b> claims',
];

const counted = Number(process.env.BAG_DOCUMENTS ?? 0);
if (counted > 0) await measure(counted);
else await compare();

async function compare() {
  const results = [];
  for (const documents of SIZES) results.push(await inOwnProcess(documents));
  console.table(Object.fromEntries(results.map(({ documents, ...rest }) => [documents, rest])));
  const folder = resolve(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bag-memory.json'), `${JSON.stringify({ heapMib: HEAP_MIB, results }, null, 2)}\n`);
  const growth = results.at(-1).peakRssMib - results[0].peakRssMib;
  if (growth <= MAX_GROWTH_MIB) return;
  console.error(
    `memory grew by ${growth} MiB from ${SIZES[0]} to ${SIZES.at(-1)} documents, expected ${MAX_GROWTH_MIB}`,
  );
  process.exitCode = 1;
}

async function inOwnProcess(documents) {
  const env = { ...process.env, BAG_DOCUMENTS: String(documents) };
  const args = [`--max-old-space-size=${HEAP_MIB}`, import.meta.filename];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${documents} documents did not fit into a heap of ${HEAP_MIB} MiB`);
  return JSON.parse(Buffer.concat(chunks).toString());
}

async function measure(documents) {
  const folder = mkdtempSync(join(tmpdir(), 'bag-memory-'));
  try {
    const memory = watchMemory();
    const began = performance.now();
    const store = openObjectStore(pathToFileURL(folder).href);
    await store.initialise();
    const { sizeBytes, largest } = await writeTexts(store, await writeRows(store, documents));
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const sizes = { textMib: Math.round(sizeBytes / MIB), largestTextMib: Math.round(largest / MIB) };
    console.log(JSON.stringify({ documents, peakRssMib: memory.end(), ...sizes, seconds }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function watchMemory() {
  let peak = 0;
  const look = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(look, 50);
  return {
    end: () => {
      look();
      clearInterval(timer);
      return Math.round(peak / MIB);
    },
  };
}

/** As the builders of segments do: the rows of so many documents at a time, deflated. */
async function writeRows(store, documents) {
  const planner = new DocumentPlanner({
    bagRoot,
    folders: new OrgUnitFolders(scope, bagRoot),
    expectedDocuments: documents,
  });
  const segments = [];
  for (let first = 0; first < documents; first += SEGMENT_DOCUMENTS) {
    const { tally, pieces, deflated } = await textRows(
      { archive: archiveOf(emptyTally), scope },
      planned(planner, first, documents),
    );
    const textsKey = `accounts/bench/rows-${first}`;
    await store.put(textsKey, deflated);
    segments.push({ result: { tally, texts: pieces, textsKey } });
  }
  return segments;
}

function* planned(planner, first, documents) {
  for (let number = first; number < Math.min(first + SEGMENT_DOCUMENTS, documents); number += 1) {
    const document = documentOf(number);
    const { versions } = selectVersions(document, options);
    yield planner.plan({ document, versions, contentOf });
  }
}

/** As the zip-builder's closer does: each text is joined of the segments' rows. */
async function writeTexts(store, segments) {
  const tally = segments.map(({ result }) => result.tally).reduce(addTallies, emptyTally);
  const facts = { archive: archiveOf(tally), scope, builtAt: at, auditChainHead: null, auditCheckpoint: null };
  const { signal } = new AbortController();
  // Every read that is under way listens, as in the product.
  setMaxListeners(0, signal);
  const rows = storedPieces(store, segments, signal);
  let [sizeBytes, largest] = [0, 0];
  for await (const entry of closingEntries(facts, rows)) {
    let bytes = 0;
    for await (const chunk of entry.bytes()) bytes += chunk.length;
    if (bytes !== entry.sizeBytes)
      throw new Error(`${entry.facts.name} has ${bytes} bytes, expected ${entry.sizeBytes}`);
    sizeBytes += entry.facts.sizeBytes;
    largest = Math.max(largest, entry.facts.sizeBytes);
  }
  return { sizeBytes, largest };
}

function archiveOf(tally) {
  return {
    bagRoot,
    backupId: '1a2b3c4d-0000-4000-8000-000000000000',
    account: { accountId: 'bench', name: 'Bench', timeZone: 'UTC' },
    asAt: at,
    requestedAt: at,
    requestedBy: { userId: 'ada', name: 'Ada' },
    allOrgUnits: true,
    options,
    passwordProtected: false,
    software: { name: 'Account Backups', version: 'bench' },
    tally,
  };
}

function documentOf(number) {
  const version = (which, state) => ({
    versionId: `v-${number}-${which}`,
    number: `${which}.0`,
    state,
    createdAt: at,
    authorisedAt: at,
    authorisedBy: 'Ada',
    fileId: `f-${number}-${which}`,
    fileName: `${titles[number % titles.length]}.pdf`,
    mediaType: 'application/pdf',
    externalUrl: null,
    attachments: [],
  });
  return {
    documentId: `d-${String(number).padStart(7, '0')}`,
    index: `SOP-${number}`,
    title: `${titles[number % titles.length]} ${number}`,
    type: 'SOP',
    category: 'Laboratory',
    section: null,
    active: number % 9 !== 0,
    orgUnitIds: [`ou-${number % 50}`],
    owners: ['Ada Hall'],
    authors: ['Ada Hall', 'Ben Kay'],
    reviewFrequencyMonths: 12,
    nextReviewAt: '2027-01-31',
    versions: number % 2 === 0 ? [version(1, 'superseded'), version(2, 'authorised')] : [version(1, 'draft')],
  };
}

function contentOf(fileId) {
  const sha256 = createHash('sha256').update(fileId).digest('hex');
  return { fileId, sizeBytes: 48_210, sha256, crc32: 1, objectKey: `files/${fileId}` };
}
