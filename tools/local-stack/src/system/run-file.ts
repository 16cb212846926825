import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running system tells commands on the same machine; it holds credentials, so only its owner reads it. */
export interface RunRecord {
  readonly pid: number;
  readonly gatewayUrl: string;
  readonly subscriptionsUrl: string;
  readonly issuerUrl: string;
  readonly databaseUrl: string;
  readonly rabbitmqUrl: string;
  readonly objectStoreUrl: string;
}

/** Where a system with this data folder has its record. */
export function runFileOf(dataDir: string): string {
  return join(dataDir, 'run.json');
}

/** Writes the record; the returned function removes it. */
export function publishRun(file: string, record: RunRecord): () => void {
  // a record that a killed run left may have other rights: begin with a fresh file
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}
