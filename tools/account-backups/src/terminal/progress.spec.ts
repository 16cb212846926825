import { Progress } from './progress.js';

const terminalOf = (isTTY: boolean) => {
  const written: string[] = [];
  return { written, terminal: { isTTY, columns: 80, write: (text: string) => written.push(text) } };
};

describe('Progress', () => {
  it('moves a bar on a terminal and leaves it with a fresh line', () => {
    const { written, terminal } = terminalOf(true);
    const progress = new Progress(terminal, { files: 2, sizeBytes: 3_000 });
    progress.advance(1_000);
    progress.end();
    expect(written).toEqual(['\r[########........] 1 of 2 files, 1.0 kB of 3.0 kB\u001b[K', '\n']);
  });

  it('does not flood a log with a line for each file', () => {
    const { written, terminal } = terminalOf(false);
    new Progress(terminal, { files: 2, sizeBytes: 3_000 }).advance(1_000);
    expect(written).toEqual([]);
  });
});
