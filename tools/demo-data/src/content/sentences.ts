// Sentences of controlled documents, with places for the words of a discipline.
import type { SeededRandom } from '../seeded-random.js';
import type { Discipline } from './disciplines.js';

const sentences = {
  purpose: [
    'This document describes how {test} is carried out so that results are the same whoever does the work.',
    'It sets out the minimum that the laboratory does for {test} and says which records show that it was done.',
    'Following it ensures that {test} meets the requirements of ISO 15189:2022 and of the users of the service.',
  ],
  scope: [
    'It applies to all staff who are authorised for {test}, on every shift and at every bench where the {instrument} is used.',
    'It covers samples from acceptance to the authorised report. Sample collection is described elsewhere.',
    'It does not apply to research samples; these follow the protocol of the study.',
    'Trainees may work under it only with direct supervision until their competence record is signed.',
  ],
  responsibilities: [
    'The section lead keeps this document up to date and reviews it at the interval on the front page.',
    'The person on the bench checks maintenance, reagents and quality control before the first sample is loaded.',
    'The duty consultant decides whether results may be released when quality control has failed.',
    'The quality manager is told on the same working day of any deviation that could have affected a report.',
  ],
  safety: [
    'The main hazards are {hazards}. Read the risk assessment before starting.',
    'Wear a fastened laboratory coat, gloves and eye protection. Remove gloves before touching keyboards and doors.',
    'Clean spills of {reagent} at once with the spill kit and record them on the incident form.',
    'Put waste that has been in contact with samples into the yellow stream; sharps go into the rigid container.',
  ],
  procedure: [
    'Bring {reagent} to room temperature for {minutes} minutes and mix by inverting ten times; do not vortex.',
    'Check the expiry date and the lot number of {reagent} and write both into the reagent log.',
    'Start the daily check of the {instrument} and confirm that no alarm is shown.',
    'Run two levels of quality control and accept the run only when both lie within their limits.',
    'Check that the three identifiers on the sample agree with the request; reject the sample when they do not.',
    'Centrifuge at {speed} × g for {minutes} minutes with the brake off.',
    'Inspect each sample for clots, bubbles and haemolysis. Record what was seen as a comment on the request.',
    'Load the racks in the order of the work list and scan the rack barcode.',
    'Repeat any result that differs from the previous one by more than {percent} % before it is authorised.',
    'Telephone critical results within {minutes} minutes and record who took the call and that it was read back.',
    'Keep the residual sample at 2 °C to 8 °C for {days} days, then discard it.',
    'Clean the probe and the wash station of the {instrument} with the solution that the supplier names.',
    'Export the raw data of the run to the secure share and attach the printout to the run record.',
    'Sign the work sheet, have a second authorised person check calculated values, and file it.',
    'When the {instrument} is out of use, follow the contingency plan and tell the users of the expected delay.',
  ],
  quality: [
    'Internal quality control is run at the start of each shift and after any change of {reagent} lot.',
    'Violations of the 1-3s and 2-2s rules stop the run. Find the cause, correct it and repeat the control.',
    'External quality assessment samples for {test} are treated as patient samples in every respect.',
    'Uncertainty of measurement at the decision level is reviewed once a year and given to users on request.',
  ],
  records: [
    'Work sheets, maintenance logs and quality control charts are kept for {years} years.',
    'Every correction is made so that the former entry stays legible, with date, reason and initials.',
    'Electronic records lie on the secure share, which is backed up each night.',
  ],
  policy: [
    'Management provides the people, rooms and equipment that {test} needs, and reviews this once a year.',
    'Nobody is blamed for reporting a mistake. Each report is looked at within {days} working days.',
    'Decisions about patients are never influenced by commercial or financial interest.',
    'Suppliers of the {instrument} and of {reagent} are evaluated before an order and every {months} months after.',
    'Personal data are collected only where they are needed and are shown only to those who need them.',
    'Objectives are measurable, have an owner and a date, and are displayed in each section.',
  ],
  findings: [
    'Bias against the comparison method was {percent} %, within the allowable total error for {test}.',
    'Within-run imprecision was below {percent} % at all levels; between-day imprecision met the claim of the supplier.',
    'Carry-over was not detectable. Recovery of added analyte lay between 96 % and 104 %.',
    'Two of {days} samples disagreed; both had been frozen and thawed more than once.',
    'The method is fit for purpose and may be put into service after training of the bench staff.',
  ],
} as const;

export type Theme = keyof typeof sentences;

/** `count` sentences of a theme, in the order in which they are written above, in the words of the discipline. */
export function tell(theme: Theme, count: number, words: Words): readonly string[] {
  const all: readonly string[] = sentences[theme];
  const chosen = new Set(words.random.sample(all, count));
  return all.filter((sentence) => chosen.has(sentence)).map((sentence) => fill(sentence, words));
}

export interface Words {
  readonly random: SeededRandom;
  readonly discipline: Discipline;
}

/** Puts words into the places of a sentence or title: `{test}`, `{instrument}`, `{minutes}`… */
export function fill(sentence: string, { random, discipline }: Words): string {
  const sources: Readonly<Record<string, () => string | number>> = {
    test: () => random.pick(discipline.tests),
    instrument: () => random.pick(discipline.instruments),
    reagent: () => random.pick(discipline.reagents),
    hazard: () => random.pick(discipline.hazards),
    hazards: () => discipline.hazards.join(' and '),
    minutes: () => random.pick([5, 10, 15, 20, 30, 45]),
    speed: () => random.pick([1_200, 1_500, 2_000, 3_000]),
    percent: () => random.pick(['1.8', '2.5', '5', '10', '15', '20']),
    days: () => random.pick([3, 5, 7, 10, 14]),
    months: () => random.pick([6, 12, 24]),
    years: () => random.pick([4, 8, 30]),
  };
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(sources[name]?.() ?? place));
}
