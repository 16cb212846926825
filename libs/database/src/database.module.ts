import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { migrate } from './migrations.js';
import { openDatabase, type DatabaseOptions } from './open-database.js';

/** What a service says of its schema once, for its module, its tests and the drift check. */
export type ServiceDatabase = Omit<DatabaseOptions, 'url' | 'poolSize'>;

/** Gives a service its migrated `DataSource`, and closes it last. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: DataSource) {}

  static forService(options: DatabaseOptions): DynamicModule {
    const database = {
      provide: DataSource,
      useFactory: async () => {
        const opened = await openDatabase(options);
        await migrate(opened);
        return opened;
      },
    };
    return { module: DatabaseModule, global: true, providers: [database], exports: [DataSource] };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.database.isInitialized) await this.database.destroy();
  }
}
