import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilesystemLayout } from './filesystem.layout.js';

let folder: string;
let layout: FilesystemLayout;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layout-'));
  layout = new FilesystemLayout(join(folder, 'store'), undefined);
  await layout.initialise();
});
afterEach(() => rm(folder, { recursive: true }));

describe('what is not found', () => {
  it('is missing when it is missing at two looks at the right store', async () => {
    await expect(layout.found(() => stat(layout.objectPath('a/b')))).resolves.toBeNull();
  });

  it('is not missing when the volume was away at one look and is back', async () => {
    const away = join(folder, 'elsewhere');
    await rename(join(folder, 'store'), away);
    const look = async () => {
      try {
        return await stat(layout.objects);
      } finally {
        await rename(away, join(folder, 'store')).catch(() => undefined);
      }
    };
    expect((await layout.found(look))?.isDirectory()).toBe(true);
  });

  it('is a fault of the store while that is away', async () => {
    await rename(join(folder, 'store'), join(folder, 'elsewhere'));
    await expect(layout.found(() => stat(layout.objects))).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
  });
});
