import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDatabaseAway } from './database-faults.js';
import { migrate } from './migrations.js';
import { openDatabase, type DatabaseOptions } from './open-database.js';

/** What a service says about its schema, once, for its module, its tests and the drift check. */
export type ServiceDatabase = Omit<DatabaseOptions, 'url' | 'poolSize'>;

/** Gives a service its migrated `DataSource`, and closes it last. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: DataSource) {}

  static forService(options: DatabaseOptions): DynamicModule {
    const database = {
      provide: DataSource,
      useFactory: () => openOnceThere(options),
    };
    return { module: DatabaseModule, global: true, providers: [database], exports: [DataSource] };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.database.isInitialized) await this.database.destroy();
  }
}

const ASK_AGAIN_MS = 1_000;

// A service that starts before its database waits for it; what does not go away by itself ends the start.
async function openOnceThere(options: DatabaseOptions): Promise<DataSource> {
  const logger = new Logger('Database');
  for (;;) {
    try {
      return await openMigrated(options);
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      logger.warn({ event: 'database.awaited', schema: options.schema, error });
      await sleep(ASK_AGAIN_MS);
    }
  }
}

async function openMigrated(options: DatabaseOptions): Promise<DataSource> {
  const opened = await openDatabase(options);
  try {
    await migrate(opened);
    return opened;
  } catch (error) {
    await opened.destroy();
    throw error;
  }
}
