// npm test: on a bare machine everything that the tests need, then all of them against real parts.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, buildAll, giveUp, installPackages, root, runLoudly } from './bootstrap.mjs';

const watches = process.argv.includes('--watch');
const jestArguments = process.argv.slice(2);
const PARTLESS = new Set(['unit', 'architecture']);

try {
  await installPackages();
  await buildForTests();
  process.exitCode = needsParts(jestArguments) ? await runWithParts() : await runJest({});
} catch (error) {
  giveUp(error);
}

async function runWithParts() {
  const { ensureTestTools, startTestParts } = await import('../tools/local-stack/dist/test-parts.js');
  const tools = await ensureTestTools();
  const parts = await startTestParts();
  const systems = mkdtempSync(join(tmpdir(), 'account-backups-systems-'));
  try {
    const ofThisRun = { TEST_SYSTEMS: systems, TEST_RUN_PID: String(process.pid) };
    return await runJest({ ...tools.env, ...parts.env, ...ofThisRun });
  } finally {
    await endSystems(systems);
    await parts.stop();
  }
}

/** Ends the systems that test files shared (test/support/shared-system.ts). */
async function endSystems(folder) {
  const { endProcess } = await import('../tools/local-stack/dist/system/process-table.js');
  const shared = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  await Promise.all(shared.map(({ pid }) => endProcess(pid, { signal: 'SIGTERM', graceMs: 30_000 })));
  for (const data of [folder, ...shared.map(({ place }) => place.DATA_DIR)]) {
    rmSync(data, { recursive: true, force: true });
  }
}

/** Jest's --watch picks what git calls changed; with a pattern, what it matches is meant, from the start. */
async function watchArguments() {
  const { buildArgv } = await import('jest');
  const { _: patterns, testPathPatterns = [] } = await buildArgv(jestArguments);
  const watch = patterns.length + testPathPatterns.length > 0 ? '--watchAll' : '--watch';
  return jestArguments.map((argument) => (argument === '--watch' ? watch : argument));
}

/**
 * Units run on compiled code too: their threads and child processes load it. Somebody who picks single tests may have a
 * tree that does not compile elsewhere.
 */
async function buildForTests() {
  const compile = needsParts(jestArguments) ? buildAll : build;
  if (jestArguments.length === 0) return compile();
  await compile().catch((error) => console.error(`${error.message} Going on with the tests that were picked.`));
}

function needsParts(args) {
  const start = args.indexOf('--selectProjects');
  if (start < 0) return true;
  const rest = args.slice(start + 1);
  const end = rest.findIndex((argument) => argument.startsWith('-'));
  return rest.slice(0, end < 0 ? undefined : end).some((project) => !PARTLESS.has(project));
}

async function runJest(env) {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const args = [...node, jest, ...workers()];
  if (watches) return runLoudly(process.execPath, [...args, ...(await watchArguments())], env);
  const folder = mkdtempSync(join(tmpdir(), 'account-backups-test-'));
  const results = join(folder, 'results.json');
  const code = await runLoudly(process.execPath, [...args, ...jestArguments, '--json', `--outputFile=${results}`], env);
  console.log(closingLine(results));
  rmSync(folder, { recursive: true, force: true });
  return code;
}

/** Jest refuses a number of workers together with --runInBand, which a debugger wants. */
function workers() {
  return jestArguments.includes('--runInBand') ? [] : [`--maxWorkers=${Math.max(2, availableParallelism() - 1)}`];
}

/** A file of tests that could not run at all counts as one failure. */
function closingLine(file) {
  if (!existsSync(file)) return '0 passed, 1 failed, 0 skipped: jest ended without results';
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.numPendingTests + results.numTodoTests;
  return `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`;
}
