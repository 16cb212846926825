import { openObjectStore, type ObjectStore } from '@account-backups/object-store';
import { Readiness } from '@account-backups/service-kit';
import type { FactoryProvider } from '@nestjs/common';
import { CONFIG, type ZipBuilderConfig } from './config.js';

/** Under which the object store is injected. */
export const OBJECT_STORE = Symbol('object store');

export const objectStoreProvider: FactoryProvider<ObjectStore> = {
  provide: OBJECT_STORE,
  inject: [CONFIG, Readiness],
  useFactory: async (config: ZipBuilderConfig, readiness: Readiness) => {
    const store = openObjectStore(config.OBJECT_STORE_URL);
    await store.ensureReady();
    readiness.add('object-store', () => store.check());
    return store;
  },
};
