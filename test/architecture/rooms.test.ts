// docs/architecture.md lists the services, and the rooms that the import rules hold.
import { serviceNames } from '@account-backups/contracts';
import { textOf } from './harness.js';

/** The table of floors: package → floors, the highest first, each of rooms and single files. */
const floors = JSON.parse(textOf('.dependency-cruiser.floors.json')) as Readonly<
  Record<string, readonly (readonly string[])[]>
>;

describe('docs/architecture.md', () => {
  it('has each service in its picture and in its table', () => {
    const [, picture = '', rest = ''] = textOf('docs/architecture.md').split('```');
    const drawn = new Set(picture.match(/[a-z-]+/g));
    const listed = [...rest.matchAll(/^\| `([^`/]+)` +\|/gm)].map(([, service]) => service);
    expect(serviceNames.filter((service) => !drawn.has(service))).toEqual([]);
    expect(listed.toSorted()).toEqual([...serviceNames].toSorted());
  });

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
