import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endPrograms, runProgram } from './programs.js';
import { smallCheckout, type SmallCheckout } from './small-checkout.js';

const vite = join(process.cwd(), 'node_modules/vite/bin/vite.js');

describe('the page', () => {
  let checkout: SmallCheckout;

  beforeEach(() => {
    checkout = smallCheckout();
    const script = `node ${vite} build --config web/vite.config.ts --logLevel warn`;
    const gateway = { name: 'gateway', type: 'module', scripts: { 'build:page': script } };
    checkout.write('services/gateway/package.json', JSON.stringify(gateway));
    checkout.write('services/gateway/web/src/main.ts', 'document.title = `built for ${process.env.NODE_ENV}`;\n');
  });

  afterEach(() => {
    endPrograms();
    checkout.remove();
  });

  it.each(['development', 'test', ''])('is built for production where NODE_ENV is "%s"', async (NODE_ENV) => {
    const building = runProgram('build-page.mjs', [checkout.root], { NODE_ENV });
    await expect(building.ended()).resolves.toBe(0);
    expect(scriptIn(join(checkout.root, 'services/gateway/web/dist/assets'))).toContain('built for production');
  });
});

function scriptIn(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.js'));
  return files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}
