// What programs and systems leave in folders, which nobody means to register.
const LEFT_BEHIND: readonly (readonly [RegExp, string])[] = [
  [/^~\$/, 'a lock of Microsoft Office'],
  [/^~WRL\d+\.tmp$/i, 'a temporary file of Microsoft Office'],
  [/^\.~lock\..*#$/, 'a lock of LibreOffice'],
  [/^(eh)?thumbs\.db(:encryptable)?$/i, 'thumbnails of Windows'],
  [/^desktop\.ini$/i, 'folder settings of Windows'],
  [/^(\$recycle\.bin|system volume information)$/i, 'a system folder of Windows'],
  [/^(\.DS_Store|Icon\r)$/, 'folder settings of macOS'],
  [/^(\._.*|__MACOSX|\.AppleDouble)$/, 'resource forks of macOS'],
  [/^@eaDir$/, 'an index of a Synology disk'],
  [/^\./, 'hidden'],
];

/** Why a file or folder of this name is left out; undefined if it is not. */
export function reasonToLeaveOut(name: string): string | undefined {
  return LEFT_BEHIND.find(([pattern]) => pattern.test(name))?.[1];
}
