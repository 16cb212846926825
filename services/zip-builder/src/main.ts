import { setFlagsFromString } from 'node:v8';
import { readConfiguration, runService } from '@account-backups/service-kit';
import { AppModule } from './app.module.js';
import { settings } from './config.js';
import { keepHeapSmall } from './heap-keeper.js';

// Marking step by step begins anew at each 32 MiB of buffers, long before any memory is short: it took a quarter of the
// processor time of a build. A pause of 30 ms now and then hurts nobody here.
setFlagsFromString('--no-incremental-marking');
keepHeapSmall();

const configuration = readConfiguration(settings);
await runService({ service: 'zip-builder', configuration, module: AppModule.with(configuration) });
