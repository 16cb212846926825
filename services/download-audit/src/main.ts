import { readConfiguration, runService } from '@account-backups/service-kit';
import { AppModule } from './app.module.js';
import { settings } from './config.js';

const configuration = readConfiguration(settings);
await runService({ service: 'download-audit', configuration, module: AppModule.with(configuration) });
