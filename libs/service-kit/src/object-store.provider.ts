import type { ObjectStore } from '@account-backups/object-store';
import type { FactoryProvider } from '@nestjs/common';
import { Readiness } from './operations/readiness.js';

/** Under which the object store is injected. */
export const OBJECT_STORE = Symbol('object store');

interface StoreConfiguration {
  readonly OBJECT_STORE_URL: string;
  readonly STORE_ID?: string | undefined;
}

/** The configured object store. The service is ready only while it is there and the right one. */
export function objectStoreProvider({ OBJECT_STORE_URL, STORE_ID }: StoreConfiguration): FactoryProvider<ObjectStore> {
  return {
    provide: OBJECT_STORE,
    inject: [Readiness],
    useFactory: async (readiness: Readiness) => {
      // Loaded here, so that services without a store do not load its clients.
      const { openObjectStore } = await import('@account-backups/object-store');
      const store = openObjectStore(OBJECT_STORE_URL, { ...(STORE_ID !== undefined && { storeId: STORE_ID }) });
      readiness.add('object-store', () => store.check());
      return store;
    },
  };
}
