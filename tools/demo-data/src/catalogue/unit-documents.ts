import { disciplineOf, subjectOf } from '../content/disciplines.js';
import { fill } from '../content/sentences.js';
import type { DemoAccount, DemoDocument } from '../demo-account.js';
import { SeededRandom } from '../seeded-random.js';
import { drawLifeCycle } from './life-cycle.js';
import { makeDocument } from './make-document.js';
import type { DocumentPlan, House } from './plan.js';
import { titles, typeFacts, unitDocuments } from './titles.js';

type OrgUnit = NonNullable<DemoAccount['directory']['orgUnits']>[number];

/** The ordinary documents of each OU, `count` at most in each. */
export function* ordinaryDocuments(house: House, units: readonly OrgUnit[], count: number): Generator<DemoDocument> {
  for (const unit of units) {
    const types = unitDocuments.slice(0, count);
    for (const [order, type] of types.entries()) {
      const documentId = `${unit.orgUnitId}.${String(order + 1).padStart(3, '0')}`;
      const random = new SeededRandom(`${house.seed}/${documentId}/plan`);
      const subject = subjectOf(disciplineOf(unit.orgUnitId), random);
      const plan: DocumentPlan = {
        documentId,
        index: `${initials(unit.orgUnitId)}-${typeFacts[type].short}-${String(order + 1).padStart(3, '0')}`,
        title: titleCase(fill(random.pick(titles[type]), { random, discipline: subject })),
        type,
        subject,
        section: unit.name,
        orgUnitIds: filedIn(unit, units, random),
        attachments: random.pick([0, 0, 0, 0, 0, 1, 1, 2]),
        ...drawLifeCycle(random),
      };
      yield makeDocument(house, plan);
    }
  }
}

/** One document in eight is filed in a second OU too. */
function filedIn(unit: OrgUnit, units: readonly OrgUnit[], random: SeededRandom): readonly string[] {
  const other = random.pick(units).orgUnitId;
  return random.chance(0.12) && other !== unit.orgUnitId ? [unit.orgUnitId, other] : [unit.orgUnitId];
}

/** `cam-chemistry` → `CAM-CHEM`. */
function initials(orgUnitId: string): string {
  return orgUnitId
    .split('-')
    .map((part) => part.slice(0, 4).toUpperCase())
    .join('-');
}

function titleCase(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
