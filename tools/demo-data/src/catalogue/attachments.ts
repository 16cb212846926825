import type { Manuscript } from '../content/manuscript.js';
import type { DemoFile } from '../demo-account.js';
import { controlChart, micrograph } from '../formats/pictures.js';
import { renderPng } from '../formats/png.js';
import type { SeededRandom } from '../seeded-random.js';
import { fileFormats } from './file-formats.js';

interface Attachment extends DemoFile {
  readonly mediaType: string;
}

interface AttachmentOrder {
  readonly versionId: string;
  readonly count: number;
  readonly random: SeededRandom;
  readonly write: () => Manuscript;
}

const kinds = ['micrograph', 'chart', 'raw data', 'summary'] as const;

/** `count` attachments of a version, of different kinds. */
export function attachmentsOf({ versionId, count, random, write }: AttachmentOrder): readonly Attachment[] {
  return random.sample(kinds, count).map((kind, index) => {
    const fileId = `${versionId}.a${index + 1}`;
    return { fileId, ...attachmentOf(kind, fileId, write) };
  });
}

function attachmentOf(kind: (typeof kinds)[number], seed: string, write: () => Manuscript): Omit<Attachment, 'fileId'> {
  switch (kind) {
    case 'micrograph':
      return {
        fileName: 'Figure 1 micrograph.png',
        mediaType: 'image/png',
        make: () => renderPng(micrograph(seed, 720, 540)),
      };
    case 'chart':
      return { fileName: 'control chart.png', mediaType: 'image/png', make: () => renderPng(controlChart(seed)) };
    case 'raw data':
      return {
        fileName: 'raw data.csv',
        mediaType: fileFormats.csv.mediaType,
        make: () => fileFormats.csv.render(write()),
      };
    case 'summary':
      return {
        fileName: 'Résumé · summary.xlsx',
        mediaType: fileFormats.xlsx.mediaType,
        make: () => fileFormats.xlsx.render(write()),
      };
  }
}
