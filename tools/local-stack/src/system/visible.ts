// Nothing that a stranger named may move the cursor of a terminal, break a line or turn the direction of what follows.
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/** Text on one line, with `\u001b` in place of every character that controls a terminal or turns direction. */
export function visible(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/** JSON on one line with the same characters escaped: it still means the same. */
export function visibleJson(value: unknown): string {
  return visible(JSON.stringify(value));
}

/** CSV with the same characters escaped; only what ends a record stays. */
export function visibleCsv(text: string): string {
  const outsideQuotes = (part: string) => part.split('\r\n').map(visible).join('\r\n');
  return text
    .split('"')
    .map((part, at) => (at % 2 === 0 ? outsideQuotes(part) : visible(part)))
    .join('"');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
