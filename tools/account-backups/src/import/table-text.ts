import { AppError } from '@account-backups/contracts';

/**
 * The text of a table. A byte order mark says its encoding (UTF-8, UTF-16), else `encoding` does (a name of the WHATWG
 * list, such as windows-1252), else its first bytes may show that it is UTF-16, else it must be UTF-8. Throws
 * `VALIDATION_FAILED` for any other bytes, and for signs that only another encoding makes of letters.
 */
export function tableText(bytes: Buffer, encoding: string | undefined): string {
  const decoder = decoderOf(markedEncoding(bytes) ?? encoding ?? unmarkedUtf16(bytes) ?? 'utf-8');
  const text = decoded(bytes, decoder);
  const at = text.search(UNUSED);
  if (at < 0) return text;
  const line = text.slice(0, at).split('\n').length;
  const sign = `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`;
  const cause = `the table is not ${decoder.encoding}, or saving it lost letters`;
  const advice = 'save it as UTF-8, or name its encoding (--encoding)';
  throw new AppError('VALIDATION_FAILED', `line ${line}: ${sign} is no letter; ${cause}: ${advice}`);
}

/** Control characters that no table has: an encoding that is not the table's makes them of letters. */
const UNUSED = /(?![\t\n\r\u0085])\p{Cc}/u;

function decoded(bytes: Buffer, decoder: InstanceType<typeof TextDecoder>): string {
  if (decoder.encoding === 'windows-1252') return windows1252Text(bytes);
  try {
    const text = decoder.decode(bytes);
    // Gnumeric marks each piece of UTF-16 that it writes, amid cells
    return decoder.encoding.startsWith('utf-16') ? text.replaceAll('\uFEFF', '') : text;
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', wrongBytes(bytes, decoder.encoding), { cause });
  }
}

/** What the bytes from 0x80 to 0x9f mean (WHATWG, index-windows-1252); those of five nothing. */
const FROM_0X80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The decoder of Node 20.18.3 and of some later versions takes it for latin1. */
function windows1252Text(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (sign) => FROM_0X80.charAt(sign.charCodeAt(0) - 0x80));
}

/** Throws `VALIDATION_FAILED` for an encoding that nobody knows. */
export function decoderOf(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    const message = `--encoding ${encoding}: expected the name of an encoding, such as windows-1252 or utf-16le`;
    throw new AppError('VALIDATION_FAILED', message, { cause });
  }
}

function markedEncoding(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return 'utf-8';
  const mark = bytes.subarray(0, 2).toString('hex');
  return { fffe: 'utf-16le', feff: 'utf-16be' }[mark];
}

/** Some programs write UTF-16 without a mark; a table begins with a sign of ASCII, whose other byte is zero. */
function unmarkedUtf16([first = 1, second = 1]: Buffer): string | undefined {
  if ((first === 0) === (second === 0)) return undefined;
  return second === 0 ? 'utf-16le' : 'utf-16be';
}

function wrongBytes(bytes: Buffer, encoding: string): string {
  if (encoding !== 'utf-8') return `expected ${encoding}, as its byte order mark or --encoding says`;
  const before = validStart(bytes);
  const line = before.toString('latin1').split('\n').length;
  const byte = (bytes[before.length] ?? 0).toString(16);
  const advice = 'save it as UTF-8, or name its encoding, which is often --encoding windows-1252';
  return `line ${line}: the byte 0x${byte} is not UTF-8; ${advice}`;
}

/** The bytes before the first that is not UTF-8. */
function validStart(bytes: Buffer): Buffer {
  const shown = bytes.toString();
  const at = Buffer.byteLength(shown.slice(0, shown.indexOf('\ufffd')));
  return bytes.subarray(0, at);
}
