import type { DemoDocument, DemoFile, DocumentInput } from '../demo-account.js';
import { compose } from '../content/compose.js';
import type { Manuscript } from '../content/manuscript.js';
import type { Words } from '../content/sentences.js';
import { SeededRandom } from '../seeded-random.js';
import { attachmentsOf } from './attachments.js';
import { formatOf } from './file-formats.js';
import { versionNumber } from './life-cycle.js';
import type { DocumentPlan, House } from './plan.js';
import { typeFacts } from './titles.js';

type VersionInput = NonNullable<DocumentInput['versions']>[number];

const DAY_MS = 86_400_000;
// The demo's last day: nothing in it depends on when it is made.
const AS_AT = Date.parse('2026-09-30T00:00:00Z');

/** A document with its versions and the means to make their files. */
export function makeDocument(house: House, plan: DocumentPlan): DemoDocument {
  const random = new SeededRandom(`${house.seed}/${plan.documentId}`);
  const dates = versionDates(plan.states.length, random);
  const [author, authoriser] = random.sample(house.people, 2);
  const people = { author: author ?? '', authoriser: authoriser ?? '' };
  const made = dates.map((createdAt, order) => makeVersion(house, plan, { ...people, createdAt, order }));
  const facts = typeFacts[plan.type];
  const last = Date.parse(dates.at(-1) ?? new Date(AS_AT).toISOString());
  const document: DocumentInput = {
    documentId: plan.documentId,
    index: plan.index,
    title: plan.title,
    type: plan.type,
    category: facts.category,
    section: plan.section,
    active: plan.active,
    orgUnitIds: [...plan.orgUnitIds],
    owners: [people.authoriser],
    authors: [people.author],
    reviewFrequencyMonths: facts.months === 0 ? null : facts.months,
    nextReviewAt: facts.months === 0 ? null : new Date(last + facts.months * 30.4 * DAY_MS).toISOString().slice(0, 10),
    versions: made.map(({ version }) => version),
  };
  return { document, files: made.flatMap(({ files }) => files) };
}

interface VersionFacts {
  readonly order: number;
  readonly createdAt: string;
  readonly author: string;
  readonly authoriser: string;
}

function makeVersion(
  house: House,
  plan: DocumentPlan,
  facts: VersionFacts,
): { version: VersionInput; files: DemoFile[] } {
  const state = plan.states[facts.order] ?? 'draft';
  const number = versionNumber(plan.states, facts.order);
  const versionId = `${plan.documentId}.v${facts.order + 1}`;
  const random = new SeededRandom(`${house.seed}/${versionId}`);
  const format = formatOf(plan.title, plan.type, state, random);
  const authorisedAt =
    state === 'authorised' || state === 'superseded' ? later(facts.createdAt, random.whole(2, 12)) : null;
  const authorisation = authorisedAt ? `${facts.authoriser}, ${authorisedAt.slice(0, 10)}` : 'not authorised';
  const front = { ...house, index: plan.index, title: plan.title, version: number, state, author: facts.author };
  const write = (): Manuscript =>
    compose(plan.type, wordsOf(house, plan, facts.order), { ...front, createdAt: facts.createdAt, authorisation });
  const main: DemoFile = {
    fileId: `${versionId}.main`,
    fileName: `${plan.index} v${number} ${plan.title.slice(0, 120)}.${format.extension}`,
    make: () => format.render(write()),
  };
  const isNewest = facts.order === plan.states.length - 1;
  const attached = attachmentsOf({ versionId, count: isNewest ? plan.attachments : 0, random, write });
  const version: VersionInput = {
    versionId,
    number,
    state,
    createdAt: facts.createdAt,
    authorisedAt,
    authorisedBy: authorisedAt ? facts.authoriser : null,
    fileId: main.fileId,
    fileName: main.fileName,
    mediaType: format.mediaType,
    attachments: attached.map(({ fileId, fileName, mediaType }) => ({ fileId, fileName, mediaType })),
  };
  return { version, files: [main, ...attached] };
}

function wordsOf(house: House, plan: DocumentPlan, order: number): Words {
  const random = new SeededRandom(`${house.seed}/${plan.documentId}/text/${order}`);
  return { random, discipline: plan.subject };
}

/** Each version a year or so after the one before, the last one within the last two years. */
function versionDates(count: number, random: SeededRandom): readonly string[] {
  let time = AS_AT - random.whole(20, 700) * DAY_MS;
  const newestFirst = Array.from({ length: count }, () => {
    const at = new Date(time + random.whole(8 * 60, 17 * 60) * 60_000).toISOString();
    time -= random.whole(200, 500) * DAY_MS;
    return at;
  });
  return newestFirst.reverse();
}

function later(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * DAY_MS).toISOString();
}
