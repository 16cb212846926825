import { rowsOf, checkedOf, treeOf, type View } from './org-unit-tree.js';
import { keysOf, toggled } from './tree-keys.js';

const orgUnit = (orgUnitId: string, parentOrgUnitId: string | null = null) => ({
  orgUnitId,
  name: `Unit ${orgUnitId}`,
  facilityId: null,
  parentOrgUnitId,
});
const tree = treeOf(
  [orgUnit('b'), orgUnit('a'), orgUnit('a2', 'a'), orgUnit('a10', 'a'), orgUnit('x', 'unseen')],
  'en',
);
const everything: View = { collapsed: new Set(), text: '' };
const idsOf = (view: Partial<View>) => rowsOf(tree, { ...everything, ...view }).map((row) => row.orgUnit.orgUnitId);

describe('the tree of OUs', () => {
  it('sorts as people count, and puts what has no visible parent at the top', () => {
    expect(idsOf({})).toEqual(['a', 'a2', 'a10', 'b', 'x']);
  });

  it('hides what lies in a collapsed OU', () => {
    expect(idsOf({ collapsed: new Set(['a']) })).toEqual(['a', 'b', 'x']);
  });

  it('narrows to what matches and what it lies in, unfolded', () => {
    expect(idsOf({ text: ' UNIT A10', collapsed: new Set(['a']) })).toEqual(['a', 'a10']);
    expect(idsOf({ text: 'nothing' })).toEqual([]);
  });

  it('shows in part an OU of which only something below is chosen', () => {
    const [top] = rowsOf(tree, everything);
    if (!top) throw new Error('the tree is empty');
    expect(checkedOf(top, new Set(['a10']))).toBe('mixed');
    expect(checkedOf(top, new Set(['a']))).toBe(true);
    expect(checkedOf(top, new Set())).toBe(false);
  });

  it('chooses all, and none when all were chosen', () => {
    expect(toggled(new Set(['a']), ['a', 'b'])).toEqual(new Set(['a', 'b']));
    expect(toggled(new Set(['a', 'b', 'c']), ['a', 'b'])).toEqual(new Set(['c']));
  });
});

describe('its keys', () => {
  function press(key: string, active: number) {
    const done: string[] = [];
    const keys = keysOf({
      rows: rowsOf(tree, everything),
      active,
      moveTo: (index) => done.push(`to ${index}`),
      toggle: (row, withBelow) => done.push(`toggle ${row.orgUnit.orgUnitId} ${withBelow}`),
      fold: (row) => done.push(`fold ${row.orgUnit.orgUnitId}`),
    });
    keys({ key, shiftKey: true, preventDefault: () => undefined } as Parameters<typeof keys>[0]);
    return done;
  }

  it.each([
    ['ArrowDown', 0, ['to 1']],
    ['ArrowDown', 4, ['to 4']],
    ['ArrowUp', 0, ['to 0']],
    ['Home', 3, ['to 0']],
    ['End', 0, ['to 4']],
    ['ArrowLeft', 2, ['to 0']],
    ['ArrowLeft', 0, ['fold a']],
    ['ArrowRight', 0, ['to 1']],
    [' ', 0, ['toggle a true']],
    ['a', 0, []],
  ])('%s on line %i', (key, active, done) => {
    expect(press(key, active)).toEqual(done);
  });
});
