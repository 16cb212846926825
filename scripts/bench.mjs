// npm run bench [-- name …]: runs bench/<name>.bench.mjs one after another, all unless named; the peers are installed,
// and the real parts started for those that need them.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, buildAll, giveUp, installPackages, root, runLoudly } from './bootstrap.mjs';

const ENDING = '.bench.mjs';
const folder = join(root, 'bench');

try {
  const names = chosenNames(process.argv.slice(2));
  await installPackages();
  await buildAll();
  await build('test/support');
  const { ensureTestTools } = await import('../tools/local-stack/dist/test-parts.js');
  const tools = await ensureTestTools();
  process.exitCode = await runAll(names, tools.env);
} catch (error) {
  giveUp(error);
}

function chosenNames(asked) {
  const known = readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length));
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`No benchmark ${unknown.join(', ')}; there are: ${known.join(', ')}.`);
  return asked.length > 0 ? asked : known;
}

// The ZIP engine and validation need no parts, and they would take time from them.
async function runAll(names, env) {
  const [alone, others] = [names.filter(isAlone), names.filter((name) => !isAlone(name))];
  mkdirSync(join(folder, 'results'), { recursive: true });
  const worst = await runEach(alone, env);
  return others.length > 0 ? (await runWithParts(others, env)) || worst : worst;
}

function isAlone(name) {
  return name.startsWith('zip-') || name === 'validation';
}

async function runWithParts(names, env) {
  const { startTestParts } = await import('../tools/local-stack/dist/test-parts.js');
  const parts = await startTestParts();
  try {
    return await runEach(names, { ...env, ...parts.env });
  } finally {
    await parts.stop();
  }
}

/** The exit code of the last one that failed, or 0. */
async function runEach(names, env) {
  let worst = 0;
  for (const name of names) {
    const file = join(folder, `${name}${ENDING}`);
    worst = (await runLoudly(process.execPath, ['--enable-source-maps', file], env)) || worst;
  }
  return worst;
}
