import { setFlagsFromString } from 'node:v8';
import { readConfiguration, runService } from '@account-backups/service-kit';
import { AppModule } from './app.module.js';
import { settings } from './config.js';
import { keepHeapSmall } from './heap-keeper.js';

// V8 starts incremental marking at every 32 MiB of buffers, long before memory is short, which took a quarter of a
// build's processor time. A pause of 30 ms now and then does no harm here.
setFlagsFromString('--no-incremental-marking');
keepHeapSmall();

const configuration = readConfiguration(settings);
await runService({ service: 'zip-builder', configuration, module: AppModule.with(configuration) });
