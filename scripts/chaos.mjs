// npm run chaos [-- --minutes N --seed S --store filesystem|s3]: the storm of test/chaos/storm, for as long as asked.
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { giveUp, root, runLoudly } from './bootstrap.mjs';

const STORES = ['filesystem', 's3'];

try {
  const { minutes, seed, store } = readOptions();
  const env = { CHAOS_MINUTES: String(minutes), CHAOS_SEED: String(seed), ...(store && { CHAOS_STORE: store }) };
  console.log(`a storm of ${minutes} minutes, seed ${seed}`);
  const only = ['--selectProjects', 'e2e', '--testPathPatterns', 'chaos/storm/storm.test'];
  process.exitCode = await runLoudly(process.execPath, [join(root, 'scripts/test.mjs'), ...only], env);
} catch (error) {
  giveUp(error);
}

function readOptions() {
  const options = { minutes: { type: 'string' }, seed: { type: 'string' }, store: { type: 'string' } };
  /** @type {{ minutes?: string; seed?: string; store?: string }} */
  const given = parseArgs({ options }).values;
  const { minutes = '10', seed = String(randomInt(1, 0x7fffffff)), store } = given;
  if (!(Number(minutes) > 0)) throw new Error(`--minutes ${minutes}: expected a number above 0, such as 10 or 0.5.`);
  if (!(Number.isInteger(Number(seed)) && Number(seed) > 0 && Number(seed) < 0x7fffffff)) {
    throw new Error(`--seed ${seed}: expected a whole number from 1 to ${0x7ffffffe}.`);
  }
  if (store !== undefined && !STORES.includes(store)) {
    throw new Error(`--store ${store}: expected one of ${STORES.join(', ')}; unset: each in turn.`);
  }
  return { minutes: Number(minutes), seed: Number(seed), store };
}
