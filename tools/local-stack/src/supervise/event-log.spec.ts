import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventLog } from './event-log.js';

describe('the log of a child', () => {
  let folder: string;
  let file: string;
  let printed: string[];
  let log: EventLog;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'event-log-'));
    file = join(folder, 'documents.log');
    printed = [];
    log = new EventLog('documents', file, (line) => printed.push(line));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('joins a line that arrives in pieces', () => {
    log.take('{"level":"info",');
    log.take('"event":"started"}\n');
    expect(readFileSync(file, 'utf8')).toBe('{"level":"info","event":"started"}\n');
  });

  it('shows warnings and errors on the terminal, nothing else', () => {
    log.take('{"level":"info","event":"quiet"}\n{"level":"error","event":"loud","error":{"message":"no room"}}\n');
    expect(printed).toEqual(['documents: error loud no room']);
  });

  it('shows what goes on failing alike once', () => {
    const line = '{"level":"warn","event":"away","reason":"no broker"}\n';
    log.take(line + line);
    expect(printed).toEqual(['documents: warn away no broker']);
    expect(readFileSync(file, 'utf8')).toBe(line + line);
  });

  it('keeps a line that is no JSON as an event', () => {
    log.take('Segmentation fault\n');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ event: 'output', text: 'Segmentation fault' });
  });

  it('keeps what a dying child wrote without a line end', () => {
    log.take('{"level":"info","event":"last"}');
    log.close();
    expect(readFileSync(file, 'utf8')).toContain('"last"');
  });

  it('goes on where its file cannot be written, and says so once', () => {
    const full = new EventLog('documents', '/dev/full', (line) => printed.push(line));
    full.take('{"level":"info","event":"one"}\n{"level":"info","event":"two"}\n');
    expect(printed).toEqual([expect.stringMatching(/^documents: its log cannot be written: Error: ENOSPC/)]);
  });

  it('puts a full file aside', () => {
    const line = `${JSON.stringify({ level: 'info', event: 'x'.repeat(1_000_000) })}\n`;
    Array.from({ length: 12 }).forEach(() => log.take(line));
    expect(statSync(file).size).toBeLessThan(10_500_000);
    expect(statSync(`${file}.1`).size).toBeLessThan(10_500_000);
  });
});
