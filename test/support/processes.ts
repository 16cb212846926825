import { argumentsOf, findByArgument } from '@account-backups/local-stack/system/process-table.js';

/** Pids of a program of a local system, `services/gateway/dist/main.js` for example. */
export function processesOf(main: string, dataDir: string): readonly number[] {
  return findByArgument('node', `--data-of=${dataDir}`).filter((pid) =>
    argumentsOf(pid).some((word) => word.endsWith(main)),
  );
}
