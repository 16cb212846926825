// Texts that are too long for a name, made shorter.

const ASCII = /^[\x20-\x7E]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The most that a text may have, in UTF-16 code units and in bytes of UTF-8. */
interface Room {
  readonly length: number;
  readonly bytes: number;
}

/** The longest beginning that fits, cut between graphemes, or between code points where one alone is too long. */
export function cutTo(text: string, { length, bytes }: Room): string {
  if (ASCII.test(text)) return text.slice(0, Math.max(length, 0));
  if (text.length <= length && Buffer.byteLength(text) <= bytes) return text;
  let end = 0;
  let used = 0;
  // A boundary within `length` cannot depend on text far beyond it, so a title of a megabyte is not segmented whole.
  for (const { index, segment } of graphemes.segment(text.slice(0, length + 200))) {
    used += Buffer.byteLength(segment);
    if (index + segment.length > length || used > bytes) break;
    end = index + segment.length;
  }
  return end > 0 ? text.slice(0, end) : cutAtCodePoint(text, { length, bytes });
}

function cutAtCodePoint(text: string, { length, bytes }: Room): string {
  let cut = '';
  for (const character of text) {
    if (cut.length + character.length > length || Buffer.byteLength(cut + character) > bytes) break;
    cut += character;
  }
  return cut;
}

/** Stands for the words that were left out. */
const LEFT_OUT = '~';
// What joins words and says nothing at the end of a name: dashes, commas, an opening bracket, `of`, `und`, `de` …
const JOINING_END = /(?:[\s\p{Pd},:&+(_.]|(?<=\s)\p{Ll}{1,3}(?!\S))+$/u;
const TELLING = /[\p{L}\p{N}]/u;
const JOINING_START = /^[\s\p{Pd},:&+)_.]+/u;

/**
 * A text that a person recognises: whole if it fits, else its first words and, if they are short, after `~` its last
 * ones, which tell it from others that begin alike. A word is cut only where too little would be left without it.
 */
export function shortened(text: string, room: Room): string {
  const cut = cutTo(text, room);
  if (cut.length === text.length) return text;
  const most = { ...room, length: cut.length };
  return (
    joined(text, most, lastWords(text, cut.length / 3), firstWords) ||
    firstWords(text, most) ||
    joined(text, most, lastWords(text, cut.length / 2), cutTo) ||
    cut
  );
}

/** Beginning and ending with what stands for the words between them; empty without one of the two. */
function joined(text: string, room: Room, ending: string, begin: (text: string, room: Room) => string): string {
  const rest = {
    length: room.length - LEFT_OUT.length - ending.length,
    bytes: room.bytes - LEFT_OUT.length - Buffer.byteLength(ending),
  };
  const beginning = ending === '' ? '' : begin(text, rest).replace(JOINING_END, '');
  return beginning === '' ? '' : `${beginning}${LEFT_OUT}${ending}`;
}

/** The whole words at the beginning that fit; empty if they leave more than half of the room. */
function firstWords(text: string, room: Room): string {
  const cut = cutTo(text, room);
  const words = text.charAt(cut.length) === ' ' ? cut : cut.slice(0, Math.max(cut.lastIndexOf(' '), 0));
  const kept = words.replace(JOINING_END, '');
  return kept.length * 2 >= cut.length ? kept : '';
}

/** The whole words at the end that fit. */
function lastWords(text: string, length: number): string {
  const end = text.slice(-(Math.floor(length) + 1));
  const words = end.includes(' ') ? end.slice(end.indexOf(' ') + 1).replace(JOINING_START, '') : '';
  return TELLING.test(words) ? words : '';
}
