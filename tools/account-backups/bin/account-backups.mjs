#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);

if (existsSync(main)) {
  await import(main.href);
} else {
  console.error('account-backups is not built yet: run npm start once, or npm run build.');
  process.exitCode = 1;
}
