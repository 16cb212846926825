import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PartFolder {
  readonly path: string;
  /** Where a part of this name keeps its data and its log. */
  at(name: string): { readonly dataDir: string; readonly logFile: string };
  remove(): void;
}

/** A temporary folder that other users may pass, as the data folder of `npm start` is. */
export function partFolder(mode = 0o711): PartFolder {
  const path = mkdtempSync(join(tmpdir(), 'local-stack-'));
  chmodSync(path, mode);
  return {
    path,
    at: (name) => ({ dataDir: join(path, name), logFile: join(path, `${name}.log`) }),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
