import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MIB } from '@account-backups/contracts';

const LOOK_EVERY_MS = 100;
const MIN_GROWTH_BYTES = 24 * MIB;
const GROWTH = 0.5;

/**
 * Collects garbage once the heap has grown by 24 MiB and by half since the last collection. V8 has such a limit
 * itself, but without incremental marking checks it only when something is allocated in the old space. Pages of
 * documents and rows of tables get there by surviving in the new space, and piled up to 80 MiB and more.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let limitBytes = limitAfter(usedBytes());
  const look = () => {
    if (usedBytes() <= limitBytes) return;
    collect();
    limitBytes = limitAfter(usedBytes());
  };
  setInterval(look, LOOK_EVERY_MS).unref();
}

function limitAfter(bytes: number): number {
  return bytes + Math.max(MIN_GROWTH_BYTES, bytes * GROWTH);
}

function usedBytes(): number {
  return getHeapStatistics().used_heap_size;
}
