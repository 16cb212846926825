// npm run check: format, lint, types and import rules, two at a time; what failed shows its output.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, installPackages, root } from './bootstrap.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);
const cruised = ['libs', 'services', 'tools', 'test', 'bench'].filter((folder) => existsSync(join(root, folder)));

const lanes = [
  [{ name: 'format', commands: [[bin('prettier'), '--check', '--log-level=warn', '.']] }],
  [
    // the linter's type-aware rules read what the compiler wrote
    {
      name: 'types',
      commands: [
        [bin('tsc'), '-b', '.', 'test/support'],
        [bin('tsc'), '-p', 'tsconfig.spec.json'],
      ],
    },
    // benches import what the compiler wrote
    { name: 'import rules', commands: [[bin('depcruise'), '--config', '.dependency-cruiser.cjs', ...cruised]] },
    { name: 'lint', commands: [[bin('oxlint'), '--type-aware', '--deny-warnings']] },
  ],
];

try {
  await installPackages();
  const results = (await Promise.all(lanes.map(runLane))).flat();
  results.forEach(show);
  process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
} catch (error) {
  giveUp(error);
}

async function runLane(checks) {
  const results = [];
  for (const check of checks) results.push(await run(check));
  return results;
}

/** Runs the commands of a check one after another; the first that fails decides. */
async function run({ name, commands }) {
  for (const command of commands) {
    const { code, output } = await outputOf(command);
    if (code !== 0) return { name, passed: false, output };
  }
  return { name, passed: true, output: '' };
}

async function outputOf([command, ...args]) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output: Buffer.concat(chunks).toString() };
}

function show({ name, passed, output }) {
  if (!passed) console.log(output.trimEnd());
  console.log(`${passed ? 'passed' : 'FAILED'}  ${name}`);
}
