// Runs what `npm start` runs, on what `npm test` has built, and ends with that run: TEST_RUN_PID.
import { start } from '../../../tools/local-stack/dist/start.js';
import { isAlive } from '../../../tools/local-stack/dist/system/process-table.js';

const WATCH_EVERY_MS = 1_000;
const run = Number(process.env.TEST_RUN_PID);
// Its parent is a worker of jest, which may be replaced while others still use the system.
delete process.env.npm_lifecycle_event;

setInterval(() => {
  if (!isAlive(run)) process.kill(process.pid, 'SIGTERM');
}, WATCH_EVERY_MS).unref();

await start({ root: process.argv[2] }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
