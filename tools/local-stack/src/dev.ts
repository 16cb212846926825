// npm run dev: a local system that follows its sources.
import { servePage } from './dev/page-server.js';
import { Rebuild } from './dev/rebuild.js';
import { watchSources } from './dev/source-watch.js';
import { systemPrograms, type SystemProgram } from './services.js';
import { start, type StartingSystem } from './start.js';
import { settingRefused } from './system/stack-error.js';

interface DevOptions {
  /** The checkout. */
  readonly root: string;
  readonly programs?: readonly SystemProgram[];
  /** Names of the programs that a debugger may attach to. */
  readonly inspected: readonly string[] | 'all';
  /** Compiles what changed; prints what the compiler says and rejects when that is an error. */
  readonly build: () => Promise<void>;
}

/** Starts a system whose page is served from its sources, and whose services restart when their code changes. */
export async function dev({ root, programs, inspected, build }: DevOptions): Promise<void> {
  const follow = async ({ supervisor, pagePort, gatewayPort, publicUrl, terminal }: StartingSystem) => {
    const page = await servePage({ root, port: pagePort, gatewayPort, publicUrl });
    const rebuild = new Rebuild({ root, build, supervisor, terminal });
    const watch = await watchSources({ root, terminal, changed: (file) => rebuild.take(file) });
    return async () => {
      await Promise.all([page.close(), watch.close()]);
      await rebuild.settled();
    };
  };
  await start({ root, ...(programs && { programs }), development: { inspected: namesOf(inspected), follow } });
}

function namesOf(inspected: DevOptions['inspected']): readonly string[] {
  const known: readonly string[] = systemPrograms({ withIssuer: true }).map(({ name }) => name);
  if (inspected === 'all') return known;
  const unknown = inspected.filter((name) => !known.includes(name));
  if (unknown.length === 0) return inspected;
  throw settingRefused(`There is no program ${unknown.join(', ')} to inspect; there are: ${known.join(', ')}.`);
}
