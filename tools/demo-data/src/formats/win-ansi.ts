const BEYOND_LATIN_1 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const REPLACEMENTS: Readonly<Record<string, string>> = { '₂': '2', Ł: 'L', ł: 'l', '→': '->', '≤': '<=', '≥': '>=' };

/** Text as a PDF's standard fonts can show it (PDF 32000-1, annex D.2): what they lack loses its accent or goes. */
export function winAnsi(text: string): string {
  const shown = Array.from(text.normalize('NFC'), (character) => {
    if (isShown(character)) return character;
    const plain = REPLACEMENTS[character] ?? character.normalize('NFD').replace(/\p{M}/gu, '');
    return Array.from(plain).every(isShown) ? plain : '';
  }).join('');
  // the brackets held a name in another script
  return shown.replace(/ ?\(\s*\)/g, '').trim();
}

function isShown(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) || BEYOND_LATIN_1.includes(character);
}
