import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LogOutput } from './log-output.js';

const notice = (dropped: number): string => `dropped ${dropped}\n`;

describe('the output of a log', () => {
  let written: string;
  let fault: Error | undefined;
  let output: LogOutput;

  beforeEach(() => {
    written = '';
    fault = undefined;
    output = new LogOutput(notice, (bytes) => {
      if (fault) throw fault;
      // A pipe takes what it has room for.
      const some = bytes.subarray(0, 5);
      written += some.toString();
      return some.length;
    });
  });

  it('takes a line in as many writes as it needs', () => {
    output.write('a longer line\n');
    expect(written).toBe('a longer line\n');
  });

  it('drops what cannot be written, and says how much once it can', () => {
    fault = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    output.write('one\n');
    output.write('two\n');
    fault = undefined;
    output.write('three\n');
    output.write('four\n');
    expect(written).toBe('\ndropped 2\nthree\nfour\n');
  });

  it('waits for a reader that does not keep up, and for one that never reads only once', () => {
    fault = Object.assign(new Error('try again'), { code: 'EAGAIN' });
    const begun = performance.now();
    for (let line = 0; line < 50; line += 1) output.write('line\n');
    expect(performance.now() - begun).toBeGreaterThan(900);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('neither ends nor holds a process whose disk is full', () => {
    const logger = fileURLToPath(new URL('../../dist/operations/json-logger.js', import.meta.url));
    const program = `import { JsonLogger } from ${JSON.stringify(logger)};
      const log = new JsonLogger('documents', 'info');
      log.log({ event: 'one' });
      setTimeout(() => { log.log({ event: 'two' }); process.exit(7); }, 50);`;
    const stdio = ['ignore', openSync('/dev/full', 'w'), 'inherit'] as const;
    const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      stdio: [...stdio],
      timeout: 20_000,
    });
    expect(status).toBe(7);
  }, 30_000);
});
