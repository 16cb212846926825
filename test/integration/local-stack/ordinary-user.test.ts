import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { partFolder } from './harness.js';
import { endPrograms, programFolder, run } from './programs.js';

const NOBODY = 65_534;
const asNobody = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
const program = join(programFolder, 'hold-parts.mjs');

// For an ordinary user every other test shows the same; and below a folder of root's nobody else can read the checkout.
const canTry =
  process.getuid?.() === 0 && spawnSync('setpriv', [...asNobody.slice(1), 'test', '-r', program]).status === 0;
const asRoot = canTry ? it : it.skip;

describe('an ordinary user', () => {
  afterEach(endPrograms);

  asRoot('starts both parts without any right of root', async () => {
    const folder = partFolder();
    chownSync(folder.path, NOBODY, NOBODY);
    const running = run([...asNobody, process.execPath, program, folder.path], { HOME: folder.path });
    const line = await running.line('{');
    running.child.kill('SIGTERM');
    await running.ended();
    folder.remove();
    expect(line).toContain('pids');
  });
});
