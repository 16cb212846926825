import type { BagText } from '../record/bag-text.js';

/** `documents.jsonl`: a line for each document, whole as it was registered. */
export const documentsJsonl: BagText = {
  path: 'data/metadata/documents.jsonl',
  head: () => '',
  rows: ({ document }) => `${JSON.stringify(document)}\n`,
  foot: () => '',
};
