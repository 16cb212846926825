// Generated registers: any text that the intake takes, wherever there is text.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { registeredDocument, versionStates, type RegisteredDocument } from '@account-backups/contracts';
import type { ArchivedScope } from '@account-backups/bag';
import { anyText } from '../../../libs/bag/src/testing/hostile-text.js';
import { anOrgUnit } from '../../../libs/bag/src/testing/org-units.js';
import { writeBag, type BagInput } from './harness.js';
import { pythonWithBagit } from './bagit-validator.js';

const run = promisify(execFile);
const DAY = '2025-02-03T04:05:06Z';

const formula = fc
  .tuple(
    fc.constantFrom('', ' ', ';', '; ', '\t', '\n', 'a;', 'a\t', '\u00A0', '\uFEFF', '"', '","', '\u200E'),
    fc.constantFrom('=', '+', '-', '@', '＝', '=cmd|', "=cmd|' /C calc'!A0", '-2+3+cmd|', '@SUM('),
  )
  .map((parts) => parts.join(''));
/** What the intake takes: no control characters but tab and line ends, no lone surrogates, not empty. */
const text = (maximum: number) =>
  fc.oneof({ weight: 4, arbitrary: anyText }, { weight: 1, arbitrary: formula }).map((any) => {
    const usable = any.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu, '');
    return usable.slice(0, maximum).toWellFormed() || '-';
  });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const attachment = fc.record({ file: fc.nat(30), fileName: text(500) });
const version = fc.record({
  number: text(50),
  state: fc.constantFrom(...versionStates),
  authorisedBy: maybe(text(300)),
  file: maybe(fc.nat(30)),
  fileName: maybe(text(500)),
  externalUrl: maybe(
    fc.oneof(text(2_000), fc.webUrl({ withQueryParameters: true }), fc.constant('javascript:alert(1)')),
  ),
  attachments: fc.array(attachment, { maxLength: 4 }),
});
const unit = fc.constantFrom('u0', 'u1', 'u2', 'u3', 'elsewhere');
const document = fc.record({
  index: text(100),
  title: text(1_000),
  type: text(200),
  category: maybe(text(200)),
  section: maybe(text(200)),
  active: fc.boolean(),
  orgUnitIds: fc.tuple(fc.constantFrom('u0', 'u1', 'u2', 'u3'), unit).map((ids) => [...new Set(ids)]),
  owners: fc.array(text(300), { maxLength: 3 }),
  authors: fc.array(text(300), { maxLength: 3 }),
  versions: fc.array(version, { maxLength: 4 }),
});
const scopeNames = fc.array(text(200), { minLength: 6, maxLength: 6 });

type Drawn = (typeof document extends fc.Arbitrary<infer T> ? T : never)[];

function documentsOf(drawn: Drawn): readonly RegisteredDocument[] {
  return drawn.map(({ versions, ...rest }, at) =>
    registeredDocument.parse({
      documentId: `d${String(at).padStart(3, '0')}`,
      ...rest,
      versions: versions.map(({ file, attachments, ...one }, number) => ({
        versionId: `v${at}-${number}`,
        createdAt: DAY,
        ...one,
        fileId: file === null ? null : `f${file}`,
        attachments: attachments.map((each) => ({ fileId: `f${each.file}`, fileName: each.fileName })),
      })),
    }),
  );
}

function scopeOf([f = '', g = '', ...names]: readonly string[]): ArchivedScope {
  const facilities = [
    { facilityId: 'f', name: f },
    { facilityId: 'g', name: g },
  ];
  const homes = ['f', 'f', 'g', null];
  return {
    facilities,
    orgUnits: names.map((name, at) => anOrgUnit({ orgUnitId: `u${at}`, name, facilityId: homes[at] ?? null })),
  };
}

// Every fifth file never came; some are empty.
const contents = new Map(
  Array.from({ length: 31 }, (_, number) => [`f${number}`, Buffer.from('x'.repeat(number % 7))] as const).filter(
    (_, number) => number % 5 !== 4,
  ),
);

async function faultsOf(input: BagInput): Promise<readonly string[]> {
  const parent = await mkdtemp(join(tmpdir(), 'random-bag-'));
  try {
    const { folder } = await writeBag(parent, input);
    const checker = join(import.meta.dirname, 'check-bag.py');
    const environment = { ...process.env, LC_ALL: 'C.UTF-8' };
    const { stdout } = await run('python3', [checker, folder], { maxBuffer: 2 ** 26, env: environment });
    await run('sha256sum', ['-c', '--quiet', '--strict', 'manifest-sha256.txt'], { cwd: folder, env: environment });
    await run(await pythonWithBagit(), ['-m', 'bagit', '--quiet', '--validate', folder], { env: environment });
    return JSON.parse(stdout) as string[];
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

describe('a bag of any texts', () => {
  it('is sound for Python, BagIt and sha256sum', async () => {
    const drawn = fc.array(document, { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(drawn, scopeNames, async (documents, names) => {
        expect(await faultsOf({ documents: documentsOf(documents), scope: scopeOf(names), contents })).toEqual([]);
      }),
      { numRuns: Number(process.env['RANDOM_BAGS'] ?? 6), endOnFailure: true },
    );
  }, 300_000);
});
