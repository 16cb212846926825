import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_EVERY_MS = 100;
const MIB = 1_048_576;
const LEAST_GROWTH_BYTES = 24 * MIB;
const GROWTH = 0.5;

/**
 * Collects garbage once the heap has grown by 24 MiB, or by half, since it was last collected. V8 has such a limit itself, but
 * without incremental marking it looks at it only when something is made in the old space. What pages of documents
 * and rows of tables leave gets there by surviving in the new space, and piled up to 80 MiB and more before.
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
  return bytes + Math.max(LEAST_GROWTH_BYTES, bytes * GROWTH);
}

function usedBytes(): number {
  return getHeapStatistics().used_heap_size;
}
