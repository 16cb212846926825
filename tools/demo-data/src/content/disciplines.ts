// What each kind of laboratory works with: the words that its documents are made of.

import type { SeededRandom } from '../seeded-random.js';

export interface Discipline {
  readonly tests: readonly string[];
  readonly instruments: readonly string[];
  readonly reagents: readonly string[];
  readonly hazards: readonly string[];
  readonly unit: string;
}

const bloodborne = 'bloodborne viruses in unscreened samples';

const chemistry: Discipline = {
  tests: [
    'serum creatinine',
    'sodium and potassium',
    'troponin I',
    'bile acids',
    'HbA1c',
    'free thyroxine',
    'C-reactive protein',
    'lactate',
  ],
  instruments: [
    'chemistry analyser line A',
    'chemistry analyser line B',
    'benchtop centrifuge',
    'osmometer',
    'blood gas analyser',
  ],
  reagents: [
    'two-level chemistry control serum',
    'ion-selective electrode buffer',
    'multi-analyte calibrator',
    'haemolysing reagent',
  ],
  hazards: [bloodborne, 'sodium azide in control materials', 'moving parts of the sample track'],
  unit: 'mmol/L',
};

const toxicology: Discipline = {
  tests: [
    'tacrolimus',
    'lithium',
    'gentamicin',
    'ethylene glycol',
    'methotrexate',
    '25-hydroxyvitamin D',
    'immunosuppressant panel',
  ],
  instruments: [
    'tandem mass spectrometer MS-2',
    'liquid chromatograph LC-4',
    'nitrogen evaporator',
    'positive-pressure manifold',
  ],
  reagents: [
    'deuterated internal standard',
    'whole-blood calibrator set',
    'zinc sulphate precipitant',
    'mobile phase B',
  ],
  hazards: ['acetonitrile and methanol vapour', 'high-voltage ion source', bloodborne],
  unit: 'µg/L',
};

const haematology: Discipline = {
  tests: [
    'full blood count',
    'reticulocytes',
    'prothrombin time',
    'fibrinogen',
    'D-dimer',
    'lupus anticoagulant',
    'malaria films',
    'sickle solubility',
  ],
  instruments: ['haematology analyser H1', 'coagulometer C2', 'slide maker and stainer', 'bright-field microscope'],
  reagents: [
    'three-level blood control',
    'thromboplastin reagent',
    'May-Grünwald-Giemsa stain',
    'normal control plasma',
  ],
  hazards: [bloodborne, 'methanol in fixatives', 'broken glass slides'],
  unit: 'g/L',
};

const transfusion: Discipline = {
  tests: [
    'ABO and RhD grouping',
    'antibody screening',
    'electronic issue',
    'direct antiglobulin testing',
    'feto-maternal haemorrhage estimation',
  ],
  instruments: ['grouping analyser G1', 'blood refrigerator BR-3', 'plasma thawer', 'platelet agitator'],
  reagents: ['anti-D reagent', 'three-cell screening panel', 'low ionic strength saline', 'gel cards'],
  hazards: [bloodborne, 'misidentification of the patient or the unit', 'storage outside 2 °C to 6 °C'],
  unit: '°C',
};

const microbiology: Discipline = {
  tests: [
    'blood culture',
    'urine culture',
    'MRSA screening',
    'disc susceptibility testing',
    'carbapenemase detection',
    'Mycobacterium culture',
    'faecal parasites',
  ],
  instruments: [
    'blood culture cabinet',
    'MALDI-TOF identification system',
    'microbiological safety cabinet MSC-6',
    'CO₂ incubator',
  ],
  reagents: ['chocolate agar', 'Mueller-Hinton agar', 'antimicrobial discs', 'formic acid overlay', 'auramine stain'],
  hazards: ['aerosols of hazard group 3 organisms', 'failure of cabinet airflow', 'sharps contaminated with cultures'],
  unit: 'mm',
};

const virology: Discipline = {
  tests: [
    'HIV-1 viral load',
    'hepatitis C genotyping',
    'respiratory virus panel',
    'CMV quantification',
    'measles IgG',
    'norovirus detection',
  ],
  instruments: ['extraction robot X2', 'real-time thermal cycler TC-5', 'sequencer SQ-1', 'ultra-low freezer ULF-2'],
  reagents: ['extraction cartridges', 'master mix', 'internal control RNA', 'quantification standards'],
  hazards: ['amplicon contamination', 'guanidine salts with bleach', bloodborne],
  unit: 'log IU/mL',
};

const pathology: Discipline = {
  tests: [
    'HER2 staining',
    'mismatch repair panel',
    'Ki-67 index',
    'routine haematoxylin and eosin',
    'frozen sections',
    'cervical cytology',
    'sentinel node processing',
  ],
  instruments: [
    'tissue processor TP-2',
    'rotary microtome',
    'slide scanner S60',
    'immunostainer IS-1',
    'downdraft dissection bench',
  ],
  reagents: [
    '10 % neutral buffered formalin',
    'haematoxylin',
    'primary antibody panel',
    'antigen retrieval buffer',
    'paraffin wax',
  ],
  hazards: ['formaldehyde vapour', 'microtome blades', 'xylene and alcohol fire load'],
  unit: '%',
};

const management: Discipline = {
  tests: [
    'document control',
    'internal audit',
    'non-conformity handling',
    'management review',
    'supplier evaluation',
    'complaint handling',
    'risk management',
    'competence assessment',
  ],
  instruments: [
    'quality management system',
    'audit programme',
    'temperature monitoring system',
    'pneumatic tube system',
    'laboratory information system',
  ],
  reagents: ['controlled forms', 'training packs', 'sample transport boxes', 'spill kits'],
  hazards: ['use of a superseded version', 'loss of patient confidentiality', 'lone working out of hours'],
  unit: '%',
};

const water: Discipline = {
  tests: [
    'nitrate in drinking water',
    'Escherichia coli in bathing water',
    'total organic carbon',
    'free chlorine on site',
    'Legionella enumeration',
    'turbidity',
  ],
  instruments: ['ion chromatograph', 'membrane filtration rig', 'portable photometer', 'TOC analyser'],
  reagents: ['anion standard solution', 'lactose TTC agar', 'DPD tablets', 'turbidity standard'],
  hazards: ['slips on wet quays', 'sulphuric acid preservative', 'driving with gas cylinders'],
  unit: 'mg/L',
};

/** By the start of an OU's id; the longest that fits counts. */
const byOrgUnit: readonly (readonly [string, Discipline])[] = [
  ['cam-lcms', toxicology],
  ['cam-toxicology', toxicology],
  ['cam-haematology', haematology],
  ['cam-coagulation', haematology],
  ['cam-morphology', haematology],
  ['cam-transfusion', transfusion],
  ['cam-chemistry', chemistry],
  ['cam-automated', chemistry],
  ['cam-poct', chemistry],
  ['lds-virology', virology],
  ['lds-molecular', virology],
  ['lds-partners', virology],
  ['lds-quality', management],
  ['lds-safety', management],
  ['lds-', microbiology],
  ['cdf-quality', management],
  ['cdf-estates', management],
  ['cdf-', pathology],
  ['laboratory', water],
  ['sampling', water],
];

/** What an OU works with; offices and reception share the words of management. */
export function disciplineOf(orgUnitId: string): Discipline {
  return byOrgUnit.find(([start]) => orgUnitId.startsWith(start))?.[1] ?? management;
}

/** The few of these words that one document is about. */
export function subjectOf(discipline: Discipline, random: SeededRandom): Discipline {
  return {
    tests: random.sample(discipline.tests, 1),
    instruments: random.sample(discipline.instruments, 1),
    reagents: random.sample(discipline.reagents, 2),
    hazards: random.sample(discipline.hazards, 2),
    unit: discipline.unit,
  };
}
