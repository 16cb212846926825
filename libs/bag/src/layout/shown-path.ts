/** Of thousands of OUs, each of which may lie in a hundred others, every one is told with its path. */
const MAX_LENGTH = 600;
const LEFT_OUT = '…';

/**
 * The names on a path as tables and pages tell them: all of them, or where they have more than 600 characters the
 * first, `…`, and as many of the last as fit; the first and the last are told in any case.
 */
export function shownPath(names: readonly string[]): readonly string[] {
  const length = names.reduce((sum, name) => sum + name.length, 0);
  if (length <= MAX_LENGTH || names.length < 3) return names;
  const [first = '', ...others] = names;
  let room = MAX_LENGTH - first.length - LEFT_OUT.length;
  const isTold = (name: string, at: number) => (room -= name.length) >= 0 || at === 0;
  const untold = others.toReversed().findIndex((name, at) => !isTold(name, at));
  return [first, LEFT_OUT, ...others.slice(others.length - untold)];
}
