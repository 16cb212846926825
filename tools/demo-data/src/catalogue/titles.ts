import type { DocumentType } from '../content/compose.js';

export const titles: Readonly<Record<DocumentType, readonly string[]>> = {
  SOP: [
    'Determination of {test}',
    '{test} on the {instrument}',
    'Start-up and shutdown of the {instrument}',
    'Internal quality control of {test}',
    'Receipt and storage of {reagent}',
    'Reporting and telephoning of critical {test} results',
    'Verification of a new lot of {reagent}',
    'Contingency plan for failure of the {instrument}',
  ],
  'Work Instruction': [
    'Weekly maintenance of the {instrument}',
    'Preparation of {reagent}',
    'Troubleshooting of the {instrument}',
    'Bench card: {test}',
  ],
  Policy: [
    'Policy on {test}',
    'Retention and disposal of records of {test}',
    'Turnaround times of {test}',
    'Selection and purchase of {reagent}',
  ],
  Form: [
    'Maintenance log of the {instrument}',
    'Lot acceptance of {reagent}',
    'Work sheet for {test}',
    'Temperature record, {instrument}',
  ],
  'Calibration Record': ['Calibration of the {instrument}', 'Verification of calibration for {test}'],
  'Validation Report': ['Verification report: {test} on the {instrument}', 'Comparison of methods for {test}'],
  'Risk Assessment': [
    'Risk assessment: {test}',
    'COSHH assessment: {reagent}',
    'Risk assessment: use of the {instrument}',
  ],
  'Training Record': ['Competence in {test}', 'Training programme for the {instrument}'],
};

/** Abbreviation in a document's index, its place in ISO 15189, and how often it is reviewed. */
export const typeFacts: Readonly<
  Record<DocumentType, { readonly short: string; readonly category: string; readonly months: number }>
> = {
  SOP: { short: 'SOP', category: 'Examination', months: 24 },
  'Work Instruction': { short: 'WI', category: 'Examination', months: 24 },
  Policy: { short: 'POL', category: 'Management', months: 12 },
  Form: { short: 'FRM', category: 'Examination', months: 36 },
  'Calibration Record': { short: 'CAL', category: 'Resources', months: 12 },
  'Validation Report': { short: 'VAL', category: 'Examination', months: 0 },
  'Risk Assessment': { short: 'RA', category: 'Resources', months: 12 },
  'Training Record': { short: 'TRN', category: 'Resources', months: 24 },
};

/** The types of an OU's thirteen documents. */
export const unitDocuments: readonly DocumentType[] = [
  'SOP',
  'SOP',
  'SOP',
  'SOP',
  'Work Instruction',
  'Work Instruction',
  'Policy',
  'Form',
  'Form',
  'Calibration Record',
  'Validation Report',
  'Risk Assessment',
  'Training Record',
];
