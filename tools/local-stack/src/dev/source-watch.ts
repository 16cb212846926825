import { relative } from 'node:path';
import { subscribe } from '@parcel/watcher';

const IGNORED = ['**/node_modules/**', '**/dist/**', '.git', '.data', 'coverage'];
const SOURCE = /(\.tsx?|(^|\/)tsconfig[.\w]*\.json)$/;
const SPEC = /\.spec\.ts$/;

interface Watch {
  close(): Promise<void>;
}

interface WatchOptions {
  readonly root: string;
  /** Called with each file that the compiler reads when it is added, changed or removed. */
  readonly changed: (file: string) => void;
  readonly terminal: (line: string) => void;
}

/** Watches the sources of a checkout; a change after it has resolved is not missed. */
export async function watchSources({ root, changed, terminal }: WatchOptions): Promise<Watch> {
  const take = (error: Error | null, events: readonly { readonly path: string }[]) => {
    if (error) return terminal(`The sources are not watched any more: ${error.message}`);
    events
      .map(({ path }) => relative(root, path))
      .filter(isSource)
      .forEach(changed);
  };
  const subscription = await subscribe(root, take, { ignore: IGNORED });
  return { close: () => subscription.unsubscribe() };
}

function isSource(file: string): boolean {
  return SOURCE.test(file) && !SPEC.test(file);
}
