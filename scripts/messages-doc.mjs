// npm run docs:messages: docs/messages.md from the one list of messages; with --check it only compares.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, giveUp, installPackages, root } from './bootstrap.mjs';

const file = join(root, 'docs/messages.md');

try {
  await installPackages();
  await build('libs/contracts');
  const { messages, renderMessagesDoc } = await import('../libs/contracts/dist/index.js');
  const text = renderMessagesDoc(messages);
  if (process.argv.includes('--check')) await compare(text);
  else await writeFile(file, text);
} catch (error) {
  giveUp(error);
}

async function compare(text) {
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
  console.error('docs/messages.md is not what libs/contracts says: run "npm run docs:messages".');
  process.exitCode = 1;
}
