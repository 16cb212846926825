// Setting up the object store is the first start's business alone: a later start that finds none must not make one.
import { readFileSync, writeFileSync } from 'node:fs';
import { AppError } from '@account-backups/contracts';
import { openObjectStore } from '@account-backups/object-store';
import { partMissing } from './system/stack-error.js';

interface StoreOfSystem {
  readonly objectStoreUrl: string;
  /** Where the data folder keeps the store's identity. */
  readonly file: string;
  /** The identity that the person asks for, if any. */
  readonly wished: string | undefined;
  readonly terminal: (line: string) => void;
}

/** Which store has the system's data. Makes it at the first start; at a later one, only says what is wrong with it. */
export async function knownStore({ objectStoreUrl, file, wished, terminal }: StoreOfSystem): Promise<string> {
  const known = wished ?? readKept(file);
  const store = openObjectStore(objectStoreUrl, { ...(known !== undefined && { storeId: known }) });
  try {
    if (readKept(file) === undefined) {
      const { storeId } = await store.initialise();
      writeFileSync(file, `${storeId}\n`);
      return storeId;
    }
    await store.check().catch((error: unknown) => terminal(waitingFor(error)));
    return known ?? '';
  } catch (error) {
    throw partMissing(`The object store cannot be set up: ${messageOf(error)}. Check OBJECT_STORE_URL.`, error);
  } finally {
    await store.close();
  }
}

function waitingFor(error: unknown): string {
  return `The object store of this system is away: ${messageOf(error)}. Mount or start it; the services wait for it.`;
}

function messageOf(error: unknown): string {
  return AppError.is(error) ? error.message : String(error);
}

function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
