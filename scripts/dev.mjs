// npm run dev [-- --inspect [service …]]: a system that follows its sources, for whoever changes them.
import { parseArgs } from 'node:util';
import { build, buildAll, giveUp, installPackages, root } from './bootstrap.mjs';

try {
  const { values, positionals } = parseArgs({ options: { inspect: { type: 'boolean' } }, allowPositionals: true });
  if (positionals.length > 0 && !values.inspect) throw new Error('Use: npm run dev [-- --inspect [service …]]');
  await installPackages();
  await buildAll();
  const { dev } = await import('../tools/local-stack/dist/dev.js');
  await dev({ root, build, inspected: values.inspect && positionals.length === 0 ? 'all' : positionals });
} catch (error) {
  giveUp(error);
}
