// A checkout with stand-ins for a library, three services and the page; small enough to compile in a moment.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface SmallCheckout {
  readonly root: string;
  /** Replaces a file, or makes it. */
  write(file: string, text: string): void;
  /** Saves a file as it is. */
  save(file: string): void;
  remove(): void;
}

/** Ready at once; ends on SIGTERM. The gateway also answers callers. */
export const SERVICE = `// @ts-nocheck
import { createServer } from 'node:http';
const answer = (request, response) => response.end(request.headers.host + ' asked for ' + request.url);
createServer(answer).listen(Number(process.env.HEALTH_PORT), '127.0.0.1');
if (process.env.PORT) createServer(answer).listen(Number(process.env.PORT));
process.on('SIGTERM', () => process.exit(0));
`;

const PAGE = '<!doctype html><title>small</title><script type="module" src="/src/main.ts"></script>';

/** `services/documents` and `services/gateway` refer to `libs/words`; `services/scheduler` refers to nothing. */
export function smallCheckout(): SmallCheckout {
  const root = mkdtempSync(join(tmpdir(), 'small-checkout-'));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const project = (folder: string, references: readonly string[]) =>
    write(join(folder, 'tsconfig.json'), configuration({ rootDir: 'src', outDir: 'dist' }, references));
  write('package.json', '{"type":"module","workspaces":["libs/*","services/*"]}');
  write('libs/words/src/index.ts', 'export const word: string = "one";\n');
  project('libs/words', []);
  for (const name of ['documents', 'gateway', 'scheduler']) {
    write(`services/${name}/src/main.ts`, SERVICE);
    project(`services/${name}`, name === 'scheduler' ? [] : ['../../libs/words']);
  }
  const all = ['libs/words', 'services/documents', 'services/gateway', 'services/scheduler'];
  write('tsconfig.json', JSON.stringify({ files: [], references: all.map((path) => ({ path })) }));
  write('services/gateway/web/vite.config.ts', 'export default { root: import.meta.dirname };\n');
  write('services/gateway/web/index.html', PAGE);
  write('services/gateway/web/src/main.ts', 'document.title = "large";\n');
  return {
    root,
    write,
    save: (file) => write(file, readFileSync(join(root, file), 'utf8')),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function configuration(folders: Readonly<Record<string, string>>, references: readonly string[]): string {
  const compilerOptions = { ...folders, composite: true, target: 'es2023', module: 'nodenext', types: [] };
  return JSON.stringify({ compilerOptions, include: ['src'], references: references.map((path) => ({ path })) });
}
