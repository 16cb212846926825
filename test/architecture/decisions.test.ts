// Decisions are a page each, and their list has them all.
import { filesBelow, textOf } from './harness.js';

const MAX_WORDS = 400;
const decisions = filesBelow('docs/adr').filter((path) => /\/\d{4}-/.test(path));

describe('docs/adr', () => {
  it('lists each decision under its title', () => {
    const titles = decisions.map((path) => {
      const [, number, title] = /^# (\d+)\. (.+)$/m.exec(textOf(path)) ?? [];
      return `| ${number} [${title}](${path.replace('docs/adr/', '')}) |`;
    });
    const rows = textOf('docs/adr/README.md').match(/^\| \d.*$/gm) ?? [];
    const plain = rows.map((row) => row.replace(/ +/g, ' ').replace(/^(\| \d+) \|/, '$1'));
    expect(titles.length).toBeGreaterThan(5);
    expect(plain).toEqual(titles);
  });

  it('gives each its page: context, decision, consequences', () => {
    expect(decisions.length).toBeGreaterThan(5);
    const chapters = (path: string) => textOf(path).match(/^## .+$/gm);
    const words = (path: string) => textOf(path).split(/\s+/).length;
    const standing = ['## Context', '## Decision', '## Consequences'];
    expect(decisions.filter((path) => String(chapters(path)) !== String(standing))).toEqual([]);
    expect(decisions.filter((path) => words(path) > MAX_WORDS)).toEqual([]);
  });
});
