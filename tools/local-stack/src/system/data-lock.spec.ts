import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockData } from './data-lock.js';
import { startTicksOf } from './process-table.js';

describe('the lock of a data folder', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'data-lock-'));
    file = join(folder, 'lock');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('refuses a second holder and names the first', () => {
    lockData(file);
    expect(() => lockData(file)).toThrow(`process ${process.pid}`);
  });

  it('can be taken again after its release', () => {
    lockData(file).release();
    expect(existsSync(file)).toBe(false);
    expect(() => lockData(file)).not.toThrow();
  });

  it('is taken over from a process that is gone', () => {
    writeFileSync(file, JSON.stringify({ pid: 2 ** 22, startTicks: '1' }));
    expect(() => lockData(file)).not.toThrow();
  });

  it('is taken over when the pid now belongs to another process', () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, startTicks: `${startTicksOf(process.pid)}0` }));
    expect(() => lockData(file)).not.toThrow();
  });

  it('is taken over when it is damaged', () => {
    writeFileSync(file, '{"pid":');
    expect(() => lockData(file)).not.toThrow();
  });
});
