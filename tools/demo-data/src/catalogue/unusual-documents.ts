import { disciplineOf, subjectOf } from '../content/disciplines.js';
import type { DemoDocument } from '../demo-account.js';
import { micrograph } from '../formats/pictures.js';
import { streamPng } from '../formats/png.js';
import { sequencerFastq, spectrometerCsv, temperatureLog } from '../formats/recordings.js';
import { SeededRandom } from '../seeded-random.js';
import { asExternal, withMissingFile, withNewestFile } from './changed-document.js';
import { makeDocument } from './make-document.js';
import type { DocumentPlan, House } from './plan.js';

const longTitle = [
  'Joint procedure of the three Northfield sites for the acceptance, registration, centrifugation, aliquoting, transport,',
  'storage, retrieval and disposal of blood, plasma, serum, urine, cerebrospinal fluid, swabs and tissue that arrive outside',
  'core hours, at weekends, on public holidays and during a failure of the laboratory information system, including the',
  'recovery of the records that were made on paper in the meantime',
].join(' ');

/** Title, OU, type: names that file systems, spreadsheets and old readers stumble over. */
const hardNames: readonly (readonly [string, string, DocumentPlan['type']])[] = [
  [longTitle, 'cam-reception', 'SOP'],
  ['🚨 Spill kit: where it is and how to use it 🧤🧪', 'lds-safety', 'Work Instruction'],
  ['検体受付手順書', 'lds-partners', 'SOP'],
  ['共同研究におけるデータ管理方針', 'lds-partners', 'Policy'],
  ['إجراءات السلامة في المختبر', 'lds-partners', 'Policy'],
  ['Διαδικασία βαθμονόμησης αναλυτή', 'lds-partners', 'Work Instruction'],
  ['प्रयोगशाला सुरक्षा नीति', 'lds-partners', 'Policy'],
  ['נוהל קבלת דגימות', 'lds-partners', 'SOP'],
  ['Інструкція з утилізації відходів', 'lds-safety', 'Work Instruction'],
  ['คู่มือการใช้งานเครื่องหมุนเหวี่ยง', 'lds-partners', 'Work Instruction'],
  ['Asesiad risg: trin fformalin yn y corffdy', 'cdf-mortuary', 'Risk Assessment'],
  ['CON', 'cdf-estates', 'Form'],
  ['aux.log', 'cdf-estates', 'Form'],
  ['Waste: sharps / "yellow" stream <45 L> | what *never* goes in?', 'cdf-mortuary', 'Work Instruction'],
  ['=1+1 and other formulas in spreadsheets: policy', 'cam-quality', 'Policy'],
  ['-80 °C freezers, alarms and call-out', 'cam-reception', 'Work Instruction'],
  ['Cafe\u0301 and rest areas: use by laboratory staff', 'cdf-quality', 'Policy'],
  ['Fridge check', 'cam-poct', 'Form'],
  ['FRIDGE CHECK', 'cam-poct', 'Form'],
  ['Fridge check', 'cam-poct', 'Form'],
  ['See also...', 'lds-media', 'Form'],
];

const links: readonly (readonly [string, string, string])[] = [
  [
    'ISO 15189:2022 Medical laboratories: requirements for quality and competence',
    'cam-quality',
    'https://www.iso.org/standard/76677.html',
  ],
  [
    'WHO Laboratory biosafety manual, 4th edition',
    'lds-safety',
    'https://www.who.int/publications/i/item/9789240011311',
  ],
  ['EUCAST clinical breakpoints', 'lds-resistance', 'https://www.eucast.org/clinical_breakpoints'],
  ['RFC 8493: The BagIt File Packaging Format', 'cdf-quality', 'https://www.rfc-editor.org/rfc/rfc8493'],
];

/** The documents that make a demo, and a test, worth having. */
export function* unusualDocuments(house: House): Generator<DemoDocument> {
  for (const [order, [title, unit, type]] of hardNames.entries())
    yield makeDocument(house, planOf(`name.${order + 1}`, title, unit, { type }));
  for (const [order, [title, unit, url]] of links.entries()) {
    yield asExternal(makeDocument(house, planOf(`link.${order + 1}`, title, unit, { type: 'Policy' })), url);
  }
  yield withMissingFile(makeDocument(house, planOf('lost.1', 'Plan of the gas installation, 1998', 'cdf-estates', {})));
  yield withNewestFile(
    makeDocument(house, planOf('empty.1', 'Placeholder for the new audit tool', 'lds-quality', {})),
    {
      fileName: 'placeholder.txt',
      mediaType: 'text/plain',
      make: () => Buffer.alloc(0),
    },
  );
  yield makeDocument(
    house,
    planOf('twice.1', 'Major incident plan', 'cam-quality', {
      orgUnitIds: ['cam-quality', 'lds-quality', 'cdf-quality'],
    }),
  );
  yield {
    document: { ...makeDocument(house, planOf('none.1', 'Reserved number', 'lds-quality', {})).document, versions: [] },
    files: [],
  };
  yield* largeDocuments(house);
}

function* largeDocuments(house: House): Generator<DemoDocument> {
  const record = (id: string, title: string, unit: string) =>
    makeDocument(house, planOf(id, title, unit, { type: 'Calibration Record', states: ['authorised'] }));
  yield withNewestFile(record('large.1', 'Whole-slide scan of the colour calibration slide', 'cdf-digital'), {
    fileName: 'S60 calibration slide, 20×.png',
    mediaType: 'image/png',
    make: () => streamPng(micrograph(`${house.seed}/scan`, 4_800, 3_000)),
  });
  yield withNewestFile(record('large.2', 'Raw data of run 0417, immunosuppressant panel', 'cam-lcms'), {
    fileName: 'RUN_0417_raw.csv',
    mediaType: 'text/csv',
    make: () => spectrometerCsv(`${house.seed}/run`, 900_000),
  });
  yield withNewestFile(record('large.3', 'Sequencing reads of the external quality panel', 'lds-molecular'), {
    fileName: 'EQA-panel_S1_L001_R1.fastq',
    mediaType: 'text/plain',
    make: () => sequencerFastq(`${house.seed}/reads`, 70_000),
  });
  yield withNewestFile(record('large.4', 'Temperatures of the blood refrigerators, 2025', 'cam-transfusion'), {
    // an old logger gives its files no ending
    fileName: 'BR_2025_FULL',
    mediaType: 'application/octet-stream',
    make: () => temperatureLog(`${house.seed}/cold`, 250_000),
  });
}

function planOf(id: string, title: string, orgUnitId: string, more: Partial<DocumentPlan>): DocumentPlan {
  return {
    documentId: `special.${id}`,
    index: `NF-${id.toUpperCase()}`,
    title,
    type: 'SOP',
    subject: subjectOf(disciplineOf(orgUnitId), new SeededRandom(id)),
    orgUnitIds: [orgUnitId],
    section: 'Northfield',
    active: true,
    states: ['superseded', 'authorised'],
    attachments: 0,
    ...more,
  };
}
