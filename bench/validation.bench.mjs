// Checks of real payloads: zod, as libs/contracts has it, beside class-validator with class-transformer, in the way of
// Nest's ValidationPipe. BENCH_ROUNDS (7), BENCH_MS of each measurement (500).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformFileSync } from '@swc/core';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { messages } from '@account-backups/contracts';
import { inTurn, rounded, spread, timed } from './harness/rounds.mjs';
import { atLeast, atMost, conclude, load } from './harness/verdict.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const STRICT = { whitelist: true, forbidNonWhitelisted: true };
const slotMs = Number(process.env.BENCH_MS ?? 500);
const loadBefore = load();

const classesSource = resolve(import.meta.dirname, 'harness/validation-classes.ts');
const classesFile = resolve(import.meta.dirname, 'results/validation-classes.mjs');
mkdirSync(resolve(import.meta.dirname, 'results'), { recursive: true });
writeFileSync(classesFile, transformFileSync(classesSource, { sourceMaps: false }).code);
const classes = await import(pathToFileURL(classesFile).href);

const numbers = (count) => Array.from({ length: count }, (_, number) => number);
const backup = { accountId: 'northfield', backupId: '0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9b' };

const payloads = {
  'archives.plan': { of: classes.ArchivesPlan, payload: backup },
  'permissions.sync-directory, 1,000 users': {
    of: classes.SyncDirectory,
    payload: { accountId: 'northfield', turn: 1, directory: directory() },
  },
  'documents.upsert, 500 documents': {
    of: classes.UpsertDocuments,
    payload: { accountId: 'northfield', turn: 1, documents: numbers(500).map(document) },
  },
};

const rows = {};
const targets = [];
for (const [name, { of, payload }] of Object.entries(payloads)) {
  const schema = messages[name.split(',')[0]].payload;
  const byZod = (value) => schema.safeParse(value).success;
  const byClasses = (value) => validateSync(plainToInstance(of, value), STRICT).length === 0;
  agree(name, payload, { byZod, byClasses });
  const results = await inTurn(
    [perSecond('zod', byZod, payload), perSecond('class-validator', byClasses, payload)],
    rounds,
  );
  const [zod, other] = [...results.values()].map((records) => spread(records, 'perSecond'));
  const kib = rounded(JSON.stringify(payload).length / 1_024);
  rows[name] = {
    kib,
    'zod / s': zod.median,
    'class-validator / s': other.median,
    times: rounded(zod.median / other.median),
  };
  targets.push(atLeast(`${name}: checks a second / class-validator's`, zod.median / other.median, 1));
}

const starts = await inTurn(
  Object.entries(coldStarts()).map(([name, code]) => ({ name, run: () => start(code) })),
  rounds,
);
const empty = spread(starts.get('nothing'), 'ms').median;
for (const [name, records] of starts) {
  const { median, least, greatest } = spread(records, 'ms');
  rows[`cold start: ${name}`] = { ms: median, least, greatest, 'more than nothing': rounded(median - empty) };
}
const [zodMs, othersMs] = ['zod', 'class-validator'].map((name) => rows[`cold start: ${name}`]['more than nothing']);
targets.push(atMost("cold start, ms / class-validator's", zodMs / othersMs, 1));
rows['lines of the three shapes'] = {
  zod: lines(contracts('directory.ts'), contracts('documents.ts')),
  classes: lines(classesSource),
};

conclude({
  name: 'validation',
  about: 'payloads checked with zod and with class-validator',
  loadBefore,
  rows,
  targets,
});

/** Calls one after another for a while. */
function perSecond(name, check, payload) {
  const run = async () => {
    const begun = performance.now();
    let checks = 0;
    for (; performance.now() - begun < slotMs; checks += 1) check(payload);
    return { perSecond: (checks * 1_000) / (performance.now() - begun) };
  };
  return { name, run };
}

/**
 * Both must take the payload, and refuse it with a field too many or an id that is none: else they do not do the same.
 */
function agree(name, payload, { byZod, byClasses }) {
  const verdicts = [payload, { ...payload, more: 1 }, { ...payload, accountId: 'a b' }].map((value) =>
    [byZod(value), byClasses(value)].join(),
  );
  if (verdicts.join(' ') !== 'true,true false,false false,false')
    throw new Error(`${name}: they differ: ${verdicts.join(' ')}`);
}

function coldStarts() {
  const importing = (...files) => files.map((file) => `await import(${JSON.stringify(file)});`).join('');
  const built = (file) => pathToFileURL(resolve(import.meta.dirname, '../libs/contracts/dist', file)).href;
  return {
    nothing: '',
    zod: importing(built('directory.js'), built('documents.js')),
    'class-validator': importing(pathToFileURL(classesFile).href),
  };
}

async function start(code) {
  const { seconds } = await timed(process.execPath, ['--input-type=module', '-e', code], { cwd: import.meta.dirname });
  return { ms: seconds * 1_000 };
}

function contracts(file) {
  return resolve(import.meta.dirname, '../libs/contracts/src', file);
}

function lines(...files) {
  const all = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  return all.filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line)).length;
}

function directory() {
  return {
    name: 'Northfield',
    timeZone: 'Europe/London',
    facilities: numbers(3).map((number) => ({ facilityId: `f-${number}`, name: `Facility ${number}` })),
    orgUnits: numbers(100).map((number) => ({
      orgUnitId: `ou-${number}`,
      name: `Unit ${number}`,
      facilityId: `f-${number % 3}`,
    })),
    roles: [{ roleId: 'editor', name: 'Editor', permissions: ['Backups:Manage Account Backups'] }],
    users: numbers(1_000).map((number) => ({
      userId: `u-${number}`,
      name: `Person ${number}`,
      email: `person.${number}@northfield.example`,
      active: true,
      siteAdmin: number === 0,
      facilityAdminOf: number % 100 === 0 ? ['f-0'] : [],
    })),
    userGroups: numbers(20).map((number) => ({
      userGroupId: `g-${number}`,
      name: `Group ${number}`,
      memberIds: numbers(50).map((which) => `u-${number * 50 + which}`),
      grants: [{ roleId: 'editor', orgUnitIds: [`ou-${number}`, `ou-${number + 50}`], includeSubUnits: true }],
    })),
  };
}

function document(number) {
  const at = '2026-03-02T08:15:00.000Z';
  return {
    documentId: `d-${number}`,
    index: `SOP-${number}`,
    title: `Calibration of balances, part ${number}`,
    type: 'SOP',
    category: 'Laboratory',
    section: null,
    active: true,
    orgUnitIds: [`ou-${number % 100}`],
    owners: ['Ada Lovelace'],
    authors: ['Ada Lovelace', 'Grace Hopper'],
    reviewFrequencyMonths: 24,
    nextReviewAt: '2028-03-02',
    versions: numbers(2).map((which) => ({
      versionId: `d-${number}-${which}`,
      number: `${which + 1}.0`,
      state: which === 0 ? 'superseded' : 'authorised',
      createdAt: at,
      authorisedAt: at,
      authorisedBy: 'Ada Lovelace',
      fileId: `file-${number}-${which}`,
      fileName: `sop-${number}.pdf`,
      mediaType: 'application/pdf',
      externalUrl: null,
      attachments: [{ fileId: `more-${number}-${which}`, fileName: 'form.docx', mediaType: null }],
    })),
  };
}
