import type { Table } from './manuscript.js';
import { fill, type Words } from './sentences.js';

type Row = readonly string[];

const rows = (count: number, make: (index: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_, index) => make(index));

const day = (start: string, offset: number) =>
  new Date(Date.parse(start) + offset * 86_400_000).toISOString().slice(0, 10);

/** Control values of a month with their limits. */
export function controlTable({ random, discipline }: Words, start: string): Table {
  const target = random.whole(20, 180) / 10;
  const spread = target * 0.03;
  const verdict = (z: number) => (Math.abs(z) > 2 ? 'warning' : 'accepted');
  return {
    caption: `Quality control, target ${target.toFixed(1)} ${discipline.unit}`,
    columns: ['Date', 'Level', `Value (${discipline.unit})`, 'z', 'Verdict', 'Initials'],
    rows: rows(random.whole(12, 24), (index) => {
      const value = random.reading(target, spread);
      const z = (value - target) / spread;
      const initials = random.pick(['AO', 'MH', 'TW', 'YT', 'SÓB', 'DK']);
      return [day(start, index), String((index % 2) + 1), value.toFixed(2), z.toFixed(2), verdict(z), initials];
    }),
  };
}

/** Reference against reading, as a calibration certificate shows them. */
export function calibrationTable({ random, discipline }: Words): Table {
  const step = random.pick([0.5, 2, 10, 25]);
  return {
    caption: 'Calibration points',
    columns: [
      'Point',
      `Reference (${discipline.unit})`,
      `Reading (${discipline.unit})`,
      'Deviation',
      'Within tolerance',
    ],
    rows: rows(random.whole(8, 16), (index) => {
      const reference = (index + 1) * step;
      const reading = random.reading(reference, step * 0.01);
      return [`P${index + 1}`, reference.toFixed(2), reading.toFixed(3), (reading - reference).toFixed(3), 'yes'];
    }),
  };
}

export function riskTable(words: Words): Table {
  const { random } = words;
  const controls = [
    'Training and supervision',
    'Engineering control checked daily',
    'Second person checks',
    'Barcode check at each step',
  ];
  return {
    caption: 'Hazards and controls',
    columns: ['Hazard', 'Who may be harmed', 'Likelihood (1-5)', 'Severity (1-5)', 'Risk', 'Control'],
    rows: rows(random.whole(6, 12), () => {
      const [likelihood, severity] = [random.whole(1, 4), random.whole(1, 5)];
      const harmed = random.pick(['Staff', 'Patients', 'Visitors', 'Engineers']);
      const risk = String(likelihood * severity);
      return [fill('{hazard}', words), harmed, String(likelihood), String(severity), risk, random.pick(controls)];
    }),
  };
}

/** A form: what to fill in, and room for it. */
export function formTable(words: Words): Table {
  const checks = [
    'Surface of the {instrument} cleaned',
    'Lot of {reagent} and expiry date',
    'Temperature at start of shift',
    'Control level 1 within limits',
    'Control level 2 within limits',
    'Waste container emptied',
    'Back-up of {test} data confirmed',
    'Alarm test done',
  ];
  return {
    caption: 'To be filled in on each working day',
    columns: ['Check', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Initials'],
    rows: checks.map((check) => [fill(check, words), '', '', '', '', '', '']),
  };
}

export function competenceTable(words: Words): Table {
  const { random } = words;
  return {
    caption: 'Competence',
    columns: ['Task', 'Observed on', 'Assessor', 'Outcome'],
    rows: rows(random.whole(6, 12), (index) => [
      fill('Carries out {test} on the {instrument}', words),
      day('2025-01-13', index * 9),
      random.pick(['A. Okonkwo', 'F. Brandt', 'G. Adeyemi', 'T. Wójcik']),
      random.chance(0.9) ? 'Competent' : 'Repeat in four weeks',
    ]),
  };
}

export function materialsTable(words: Words): Table {
  const { random, discipline } = words;
  const number = () => `NF-${random.whole(1_000, 9_999)}`;
  return {
    caption: 'Equipment and materials',
    columns: ['Item', 'Identification', 'Storage'],
    rows: [
      ...discipline.instruments.map((item) => [item, number(), 'Room temperature']),
      ...discipline.reagents.map((item) => [
        item,
        number(),
        random.pick(['2 °C to 8 °C', 'Below -18 °C', 'Dark, below 25 °C']),
      ]),
      ['calibrated pipettes', number(), 'Room temperature'],
      ['gloves, eye protection, laboratory coat', '', 'Entrance of the laboratory'],
    ],
  };
}
