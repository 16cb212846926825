import { isPortFree } from '@account-backups/local-stack/system/ports.js';
import { isAlive } from '@account-backups/local-stack/system/process-table.js';
import { eventually } from '../../support/eventually.js';
import { partFolder } from './harness.js';
import { endPrograms, runProgram } from './programs.js';

interface Held {
  readonly pids: readonly number[];
  readonly ports: readonly number[];
}

describe('a start that is killed with SIGKILL', () => {
  afterEach(endPrograms);

  it('leaves no part behind, and the next start finds the folder free', async () => {
    const folder = partFolder();
    const first = runProgram('hold-parts.mjs', [folder.path]);
    const held = JSON.parse(await first.line('{')) as Held;
    first.child.kill('SIGKILL');
    const left = async () => {
      expect(held.pids.filter(isAlive)).toEqual([]);
      expect(await Promise.all(held.ports.map(isPortFree))).toEqual([true, true]);
    };
    await eventually(left, { deadlineMs: 30_000 });
    const second = runProgram('hold-parts.mjs', [folder.path]);
    await expect(second.line('{')).resolves.toContain('pids');
    second.child.kill('SIGKILL');
    folder.remove();
  });
});
