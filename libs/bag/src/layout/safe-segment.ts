// One path segment that every file system takes: Windows, macOS, Linux, and the tools of ten years from now.

/** The longest segment, in UTF-16 code units (what Windows counts). */
export const MAX_SEGMENT_LENGTH = 60;

interface SegmentRules {
  /** Longest result, in UTF-16 code units; at most `MAX_SEGMENT_LENGTH` counts. */
  readonly limit: number;
  /** Used when nothing usable is left of the text. */
  readonly fallback: string;
  readonly keepExtension?: boolean;
  /** Goes between the stem and the extension, to make the name unique. */
  readonly suffix?: string;
}

const HARMLESS = /^[A-Za-z0-9_-](?:[A-Za-z0-9 ._,()[\]+-]*[A-Za-z0-9_,()[\]+-])?$/;
// `%` goes too: a manifest writes it as %25 (RFC 8493 2.1.3), which `sha256sum -c` would not find.
const REPLACED = /[<>:"/\\|?*%\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\uFFFD]/gu;
// Paths stand in tables, where no guard may be put into them: see `csv.ts`.
const FORMULA = /(?<=;\s*)[=+\-@＝＋－＠]/gu;
// Bidirectional controls, zero-width characters and annotation anchors make one name look like another. Other format
// characters (Arabic number signs, Egyptian joiners) are visible, and stay.
const INVISIBLE = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i;
const EXTENSION = /^(.+)(\.[A-Za-z0-9_-]{1,8})$/su;
const ASCII = /^[\x20-\x7E]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Any text made safe as one path segment: NFC; no control, bidi or zero-width character; `< > : " / \ | ? * %` and what
 * starts a formula after a semicolon replaced by `_`; no leading dot, no dot or space at the end; no Windows device
 * name; never empty, `.` or `..`; cut between graphemes (between code points where one grapheme alone is too long). The
 * same input gives the same name.
 */
export function safeSegment(text: string, rules: SegmentRules): string {
  const limit = Math.min(rules.limit, MAX_SEGMENT_LENGTH);
  const name = cleaned(text) || rules.fallback;
  const segment = assembled(name, limit, rules);
  return DEVICE.test(segment) ? assembled(`_${name}`, limit, rules) : segment;
}

function cleaned(text: string): string {
  if (HARMLESS.test(text)) return text.replace(/ {2,}/g, ' ');
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(REPLACED, '_')
    .replace(FORMULA, '_')
    .normalize('NFC')
    .trim()
    .replace(/[. ]+$/u, '')
    .replace(/^\.+/u, '_');
}

function assembled(name: string, limit: number, { keepExtension, suffix = '' }: SegmentRules): string {
  const [, stem = name, extension = ''] = (keepExtension && EXTENSION.exec(name)) || [];
  const cut = cutTo(stem, limit - suffix.length - extension.length);
  return `${cut.replace(/[. ]+$/u, '') || '_'}${suffix}${extension}`;
}

function cutTo(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (ASCII.test(text)) return text.slice(0, Math.max(limit, 0));
  let end = 0;
  // A boundary within `limit` cannot depend on text far beyond it, so a title of a megabyte is not segmented whole.
  for (const { index, segment } of graphemes.segment(text.slice(0, limit + 200))) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  return end > 0 ? text.slice(0, end) : cutAtCodePoint(text, limit);
}

function cutAtCodePoint(text: string, limit: number): string {
  return text.slice(0, Math.max(limit, 0)).replace(/[\uD800-\uDBFF]$/, '');
}
