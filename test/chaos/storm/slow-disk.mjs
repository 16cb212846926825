// Loaded before a program: what it reads from and writes to files takes longer by as many milliseconds as the file
// SLOW_DISK_FILE says at that moment.
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const anyFile = await open(process.execPath);
const handles = Object.getPrototypeOf(anyFile);
await anyFile.close();

const delayMs = () => Number(readFileSync(process.env['SLOW_DISK_FILE'], 'utf8'));

for (const name of ['read', 'readv', 'write', 'writev', 'sync', 'datasync']) {
  const quick = handles[name];
  handles[name] = async function slow(...args) {
    const ms = delayMs();
    if (ms > 0) await sleep(ms);
    return quick.apply(this, args);
  };
}
