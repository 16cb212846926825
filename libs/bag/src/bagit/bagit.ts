import { sizeText } from '../display.js';
import type { ArchiveFacts } from '../record/archive-facts.js';

/** `bagit.txt` of RFC 8493 2.1.1. */
export const BAGIT_TXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Everything below `data/`. */
interface Payload {
  readonly sizeBytes: number;
  readonly fileCount: number;
}

/** `bag-info.txt` of RFC 8493 2.2.2; the bagging date is the day (UTC) of `builtAt`. */
export function bagInfo(facts: ArchiveFacts, payload: Payload, builtAt: string): string {
  const { software, account } = facts;
  const lines: readonly (readonly [string, string])[] = [
    ['Source-Organization', account.name],
    ['External-Description', 'UNCONTROLLED COPY of controlled documents'],
    ['External-Identifier', facts.backupId],
    ['Bag-Group-Identifier', account.accountId],
    ['Bagging-Date', new Date(builtAt).toISOString().slice(0, 10)],
    ['Bag-Software-Agent', `${software.name} ${software.version}`],
    ['Bag-Size', sizeText(payload.sizeBytes)],
    ['Payload-Oxum', `${payload.sizeBytes}.${payload.fileCount}`],
  ];
  return lines.map(([label, value]) => `${label}: ${oneLine(value)}\n`).join('');
}

// A line break in a name would begin another label.
function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
