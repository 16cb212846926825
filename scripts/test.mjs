// npm test: on a bare machine everything that the tests need, then all of them against real parts.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, buildAll, giveUp, installPackages, root, runLoudly } from './bootstrap.mjs';

const jestArguments = process.argv.slice(2);
const PARTLESS = new Set(['unit', 'architecture']);

try {
  await installPackages();
  await build('tools/local-stack');
  process.exitCode = needsParts(jestArguments) ? await runWithParts() : await runJest({});
} catch (error) {
  giveUp(error);
}

async function runWithParts() {
  const { ensureTestTools, startTestParts } = await import('../tools/local-stack/dist/test-parts.js');
  await buildForTests();
  const tools = await ensureTestTools();
  const parts = await startTestParts();
  try {
    return await runJest({ ...tools.env, ...parts.env });
  } finally {
    await parts.stop();
  }
}

/** Somebody who picks single tests may have a tree that does not compile elsewhere. */
async function buildForTests() {
  if (jestArguments.length === 0) return buildAll();
  await buildAll().catch((error) => console.error(`${error.message} Going on with the tests that were picked.`));
}

function needsParts(args) {
  const start = args.indexOf('--selectProjects');
  if (start < 0) return true;
  const rest = args.slice(start + 1);
  const end = rest.findIndex((argument) => argument.startsWith('-'));
  return rest.slice(0, end < 0 ? undefined : end).some((project) => !PARTLESS.has(project));
}

async function runJest(env) {
  const folder = mkdtempSync(join(tmpdir(), 'account-backups-test-'));
  const results = join(folder, 'results.json');
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const workers = `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`;
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, workers];
  const code = await runLoudly(process.execPath, [...args, '--json', `--outputFile=${results}`, ...jestArguments], env);
  console.log(closingLine(results));
  rmSync(folder, { recursive: true, force: true });
  return code;
}

/** A file of tests that could not run at all counts as one failure. */
function closingLine(file) {
  if (!existsSync(file)) return '0 passed, 1 failed, 0 skipped: jest ended without results';
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.numPendingTests + results.numTodoTests;
  return `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`;
}
