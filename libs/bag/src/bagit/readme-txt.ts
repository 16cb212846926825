import { countText, optionsText, sizeText, zoneClock } from '../display.js';
import type { ArchiveFacts } from '../record/archive-facts.js';

/** `README.txt`: the first thing that a person sees. CRLF, so that any editor shows its lines. */
export function readmeTxt(facts: ArchiveFacts): string {
  const sections = [title(facts), contents(facts), opening(facts), tables(), verifying(facts), leaving(facts)];
  return `${sections.flatMap((lines) => [...lines, '']).join('\r\n')}\r\n`;
}

function title({ account, asAt }: ArchiveFacts): readonly string[] {
  const moment = zoneClock(account.timeZone).moment(asAt);
  const name = account.name.toWellFormed().replace(/[\s\p{Cc}]+/gu, ' ');
  return [
    `UNCONTROLLED COPY as at ${moment}`,
    '',
    `Controlled documents of ${name}`,
    '',
    'This is a copy. The documents may have changed since. Before you rely on one,',
    'compare it with the current version in the system that controls it.',
  ];
}

function contents({ tally, options, requestedBy, requestedAt, account }: ArchiveFacts): readonly string[] {
  const requester = requestedBy.name.toWellFormed().replace(/[\s\p{Cc}]+/gu, ' ');
  return [
    'WHAT IS IN IT',
    '',
    `  ${countText(tally.documents.included, 'document')}, ${countText(tally.versions.included, 'version')}, ` +
      `${countText(tally.files.included, 'file')} (${sizeText(tally.sizeBytes)})`,
    `  Chosen: ${optionsText(options)}`,
    `  Could not be included: ${missingText(tally)}`,
    `  Requested by ${requester}, ${zoneClock(account.timeZone).moment(requestedAt)}`,
    '',
    '  data/index.html                      start here: every document, with links',
    '  data/documents/                      the files, by organisational unit',
    '  data/metadata/documents.csv          the register: documents',
    '  data/metadata/versions.csv           the register: versions',
    '  data/metadata/files.csv              each file, its size and SHA-256',
    '  data/metadata/documents.jsonl        the register for programs',
    '  data/metadata/data-dictionary.html   what each column means',
    '  data/exceptions.csv                  what could not be included, and why',
    '  data/provenance.json                 who asked for what, and what was counted',
    '  metadata/audit-checkpoint.txt        the last record of downloads, signed',
    '',
    '  Long names of folders are shortened: ~ stands for words that were left out, or',
    '  before six signs that tell equal names apart. The tables have the whole names.',
  ];
}

function missingText({ documents, files }: ArchiveFacts['tally']): string {
  const whole = documents.exceptions > 0 ? `${countText(documents.exceptions, 'whole document')}, ` : '';
  const isAny = documents.exceptions + files.exceptions > 0;
  return `${whole}${countText(files.exceptions, 'file')}${isAny ? ', see data/exceptions.csv' : ''}`;
}

function opening({ passwordProtected }: ArchiveFacts): readonly string[] {
  const head = ['HOW TO OPEN IT', '', '  Unpack the whole ZIP first, then open data/index.html in any browser.'];
  if (!passwordProtected) {
    return [
      ...head,
      '  Windows: right-click the ZIP, Extract All.   macOS: double-click it.',
      '  Any system: 7-Zip (https://www.7-zip.org), or "unzip" or "bsdtar -xf".',
    ];
  }
  return [
    ...head,
    '  The ZIP is protected by a password (WinZip AES-256). Windows Explorer and',
    '  the Finder of macOS cannot open such a ZIP. Use one of these:',
    '  Windows: 7-Zip (https://www.7-zip.org).   macOS: Keka or The Unarchiver.',
    '  Linux: "7z x" or "bsdtar -xf".',
    '  The password is in UTF-8, in the composed form of Unicode (NFC), as nearly all',
    '  keyboards type it. It has no space at an end, no other white space than plain',
    '  spaces, and nothing invisible: if it was pasted, type it instead.',
    '  A forgotten password cannot be recovered by anybody. Once unpacked, the',
    '  files are no longer protected.',
  ];
}

function tables(): readonly string[] {
  return [
    'HOW TO OPEN THE TABLES IN A SPREADSHEET',
    '',
    '  The tables (.csv) are UTF-8 with commas. When one is opened by a double click,',
    '  many spreadsheets change what looks like a number or a date: version 1.10',
    '  becomes 1.1, document 0012 becomes 12. Import them instead:',
    '  Excel:          Data, From Text/CSV; Data Type Detection: Do not detect; Load.',
    '  LibreOffice:    open, Comma; select all columns; Column type: Text.',
    '  Google Sheets:  File, Import; do not convert text to numbers and dates.',
    "  Where a text begins with =, +, - or @, a ' before it keeps it from running.",
  ];
}

function verifying({ bagRoot }: ArchiveFacts): readonly string[] {
  return [
    'HOW TO VERIFY IT',
    '',
    '  manifest-sha256.txt holds the SHA-256 of every file below data/. In the folder',
    `  ${bagRoot}:`,
    '  Linux:    sha256sum -c --quiet manifest-sha256.txt',
    '  macOS:    shasum -a 256 -c --quiet manifest-sha256.txt',
    '  Windows:  certutil -hashfile <file> SHA256, and compare with its line',
    '  Any:      pip install bagit, then "bagit.py --validate ." (BagIt, RFC 8493)',
    '  Nothing is reported by the first two when every file is as it was written.',
    '  Whether the ZIP itself is the one that was made: the system that made it gives a',
    '  signed receipt of each backup, with the SHA-256 of its ZIP, as long as it runs.',
  ];
}

function leaving({ software, backupId }: ArchiveFacts): readonly string[] {
  return [`Backup ${backupId}, made by ${software.name} ${software.version}.`];
}
