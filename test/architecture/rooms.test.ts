// docs/architecture.md lists the rooms that the import rules hold.
import { textOf } from './harness.js';

/** The table of floors: package → floors, the highest first, each of rooms and single files. */
const floors = JSON.parse(textOf('.dependency-cruiser.floors.json')) as Readonly<
  Record<string, readonly (readonly string[])[]>
>;

describe('docs/architecture.md', () => {
  it('lists the rooms of each package, highest floor first, as the import rules have them', () => {
    const ruled = Object.entries(floors).flatMap(([house, ofHouse]) => {
      const rooms = ofHouse
        .map((floor) => floor.filter((entry) => !/\.[a-z]+$/.test(entry)).join(', '))
        .filter(Boolean);
      return rooms.length > 0 ? [`${house.replace(/\/src$/, '')}: ${rooms.join(' → ')}`] : [];
    });
    const [, table = ''] = textOf('docs/architecture.md').split(/^## Rooms$|^## What holds/m);
    const listed = [...table.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)].map(
      ([, house, rooms]) => `${house}: ${rooms}`,
    );

    expect(ruled.length).toBeGreaterThan(0);
    expect(listed).toEqual(ruled);
  });
});
