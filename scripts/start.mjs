// npm start: on a bare machine everything, from packages to the address to open.
import { buildAll, giveUp, installPackages, root } from './bootstrap.mjs';

try {
  await installPackages();
  await buildAll();
  const { start } = await import('../tools/local-stack/dist/start.js');
  await start({ root });
} catch (error) {
  giveUp(error);
}
