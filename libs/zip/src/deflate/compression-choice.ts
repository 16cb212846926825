import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { KIB } from '../format/sizes.js';
import { deflatedBuffer } from './deflate.js';
import { looksRandom } from './random-looking.js';

/** Bytes of one sample. */
export const SAMPLE_BYTES = 64 * KIB;
const WORTHWHILE_RATIO = 0.9;
const FASTEST_LEVEL = 1;
const MIN_TRIAL_BYTES = 64;

const DENSE_EXTENSIONS = new Set(
  (
    'pdf docx docm dotx xlsx xlsm xltx pptx pptm potx vsdx odt ods odp odg epub pages numbers key ' +
    'jpg jpeg png gif webp avif heic heif jp2 jxl mp3 m4a aac ogg oga opus flac wma mp4 m4v mov mkv webm avi wmv mpg ' +
    'mpeg zip jar apk 7z rar gz tgz bz2 xz zst lz4 br cab dwf woff woff2'
  ).split(' '),
);
const DENSE_MEDIA_TYPES =
  /^(image\/(jpeg|png|gif|webp|avif|heic|heif|jp2|jxl)|(audio|video)\/(?!(x-)?wav|aiff|basic).+|application\/(pdf|zip|gzip|x-7z-compressed|x-bzip2|x-xz|zstd|vnd\.rar|epub\+zip|vnd\.openxmlformats-officedocument\..+|vnd\.oasis\.opendocument\..+)|font\/woff2?)$/;

const deflate = promisify(deflateRaw);

/** True when the name's extension or the media type is one of a format that is already compressed. */
export function isDenseFormat(name: string, mediaType?: string): boolean {
  const extension = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase();
  if (extension !== undefined && DENSE_EXTENSIONS.has(extension)) return true;
  const essence = mediaType?.split(';')[0]?.trim().toLowerCase();
  return essence !== undefined && DENSE_MEDIA_TYPES.test(essence);
}

/** True when a fast trial makes a sample of the content at least a tenth smaller. */
export async function shrinks(sample: Uint8Array): Promise<boolean> {
  if (!isWorthTrying(sample)) return false;
  const trial = await deflate(sample, { level: FASTEST_LEVEL });
  return trial.length < sample.length * WORTHWHILE_RATIO;
}

/**
 * Deflates a content in memory; undefined when that is not worth it. A content no larger than a sample is its own
 * trial.
 */
export async function deflatedIfSmaller(content: Buffer): Promise<Buffer | undefined> {
  const sample = sampleOf(content);
  const isWhole = sample.length === content.length;
  if (!(isWhole ? isWorthTrying(content) : await shrinks(sample))) return undefined;
  const smaller = await deflatedBuffer(content);
  return smaller.length < content.length * (isWhole ? WORTHWHILE_RATIO : 1) ? smaller : undefined;
}

function isWorthTrying(sample: Uint8Array): boolean {
  return sample.length >= MIN_TRIAL_BYTES && !looksRandom(sample);
}

/** The beginning and the middle of a content, in one buffer: headers often compress where the rest does not. */
export function sampleOf(content: Buffer): Buffer {
  if (content.length <= 2 * SAMPLE_BYTES) return content;
  const middle = content.length >> 1;
  return Buffer.concat([content.subarray(0, SAMPLE_BYTES), content.subarray(middle, middle + SAMPLE_BYTES)]);
}
