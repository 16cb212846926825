// Linux takes names of any bytes; the register takes text.
import { isUtf8 } from 'node:buffer';

/** A name as text, with `\xe9` in place of every byte that is not UTF-8. */
export function nameText(name: Buffer): { readonly text: string; readonly isUtf8: boolean } {
  if (isUtf8(name)) return { text: name.toString(), isUtf8: true };
  const text = Array.from(name, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`));
  return { text: text.join(''), isUtf8: false };
}

/** A path as people write it (`./sub\a.txt`, composed or decomposed) in the one form that is compared: `sub/a.txt`. */
export function pathKey(path: string): string {
  const steps = path.replaceAll('\\', '/').split('/');
  return steps
    .filter((step) => step !== '' && step !== '.')
    .join('/')
    .normalize('NFC');
}
