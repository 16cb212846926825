// Builds the page of the checkout that argv[2] names, as npm start does.
import { execFileSync } from 'node:child_process';
import { buildPage } from '../../../../scripts/page-build.mjs';

const root = process.argv[2];
await buildPage(root, (args, env) => execFileSync('npm', args, { cwd: root, env: { ...process.env, ...env } }));
