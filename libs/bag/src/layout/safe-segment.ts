// One path segment that every file system takes: Windows, macOS, Linux, and the tools of ten years from now.
import { cutTo, shortened } from './cut-text.js';

/** The longest segment, in UTF-16 code units (what Windows counts). */
export const MAX_SEGMENT_LENGTH = 60;
/** The longest segment in bytes of UTF-8: eCryptfs, which encrypted home folders of Linux use, takes no more. */
const MAX_SEGMENT_BYTES = 143;

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
// `%` goes too: a manifest writes it as %25 (RFC 8493 2.1.3), which `sha256sum -c` would not find. So does `;`: `unzip`
// takes `;1` for a version of VMS, and some spreadsheets `;` for the end of a cell: `csv.ts` would put a guard there.
const REPLACED = /[<>:"/\\|?*%;\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\uFFFD]/gu;
// Bidirectional controls, zero-width characters and annotation anchors make one name look like another. Other format
// characters (Arabic number signs, Egyptian joiners) are visible, and stay.
const INVISIBLE = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i;
// Windows hides the first ones, and OneDrive refuses them.
const HIDDEN = /^(?:desktop\.ini|thumbs\.db)$/i;
// The Explorer opens what is called so as a place of its own, such as the control panel.
const CLASS_ID_DOT = /\.(?=\{[0-9a-f-]{36}\})/gi;
// The Finder opens folders called so (.app, .bundle, .rtfd …) as a program or a document.
const FOLDER_EXTENSION_DOT = /\.(?=[A-Za-z][A-Za-z0-9]{1,14}$)/;
// SharePoint and OneDrive refuse the name of FrontPage's folders anywhere, and that of Office's locks at the start.
const REFUSED_UNDERSCORE = /(?<=_vti)_/gi;
const LOCK_TILDE = /^~(?=\$)/;
const EXTENSION = /^(.+)(\.[A-Za-z0-9_-]{1,8})$/su;

/**
 * Any text made safe as one path segment: NFC; no control, bidi or zero-width character; `< > : " / \ | ? * % ;` are
 * replaced by `_`; no leading dot, no dot or space at the end; no Windows device name; nothing that a desktop takes for
 * a program or a place, or a cloud drive refuses; never empty, `.` or `..`; at most 143 bytes of UTF-8. A name that is
 * too long is cut, that of a folder between words (`shortened`). The same input gives the same name.
 */
export function safeSegment(text: string, rules: SegmentRules): string {
  const limit = Math.min(rules.limit, MAX_SEGMENT_LENGTH);
  const name = cleaned(text) || rules.fallback;
  const segment = assembled(name, limit, rules);
  return DEVICE.test(segment) || HIDDEN.test(segment) ? assembled(`_${name}`, limit, rules) : segment;
}

function cleaned(text: string): string {
  if (HARMLESS.test(text)) return text.replace(/ {2,}/g, ' ');
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(REPLACED, '_')
    .normalize('NFC')
    .trim()
    .replace(/[. ]+$/u, '')
    .replace(/^\.+/u, '_');
}

function assembled(name: string, limit: number, { keepExtension, suffix = '' }: SegmentRules): string {
  const [, stem = name, extension = ''] = (keepExtension && EXTENSION.exec(name)) || [];
  const ending = `${suffix}${extension}`;
  const room = { length: limit - ending.length, bytes: MAX_SEGMENT_BYTES - ending.length };
  const cut = keepExtension ? cutTo(stem, room) : shortened(stem, room);
  const segment = `${cut.replace(/[. ]+$/u, '') || '_'}${ending}`;
  return harmless(keepExtension ? segment : segment.replace(FOLDER_EXTENSION_DOT, '_'));
}

// One character for one: the length is settled.
function harmless(segment: string): string {
  return segment.replace(CLASS_ID_DOT, '_').replace(REFUSED_UNDERSCORE, '-').replace(LOCK_TILDE, '_');
}
