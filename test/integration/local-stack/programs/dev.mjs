// Runs what npm run dev runs, in a checkout of stand-ins: argv[2] is its folder.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dev } from '../../../../tools/local-stack/dist/dev.js';

const root = process.argv[2];
const tsc = join(import.meta.dirname, '../../../../node_modules/.bin/tsc');
const build = async () => {
  await promisify(execFile)(tsc, ['-b'], { cwd: root }).catch((error) => {
    console.log(error.stdout);
    throw error;
  });
};
const program = (name) => ({ name, main: `services/${name}/dist/main.js`, secrets: [] });
const programs = [{ ...program('gateway'), door: 'gatewayPort' }, program('documents'), program('scheduler')];

try {
  await build();
  await dev({ root, programs, build, inspected: [] });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
