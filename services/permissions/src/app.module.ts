import { DatabaseModule } from '@account-backups/database';
import { Trail } from '@account-backups/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { AccessController } from './access/access.controller.js';
import { AccessService } from './access/access.service.js';
import { AccessRepository } from './access/access.repository.js';
import type { PermissionsConfig } from './config.js';
import { database } from './database.js';
import { DirectoriesRepository } from './directory/directories.repository.js';
import { DirectoryController } from './directory/directory.controller.js';
import { DirectoryService } from './directory/directory.service.js';
import { IssuerLogoutsRepository } from './sessions/issuer-logouts.repository.js';
import { SessionController } from './sessions/session.controller.js';
import { SessionService } from './sessions/session.service.js';
import { SessionsRepository } from './sessions/sessions.repository.js';

@Module({})
export class AppModule {
  static with(config: PermissionsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forService({ ...database, url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
      ],
      controllers: [AccessController, DirectoryController, SessionController],
      providers: [
        Trail,
        AccessService,
        AccessRepository,
        DirectoryService,
        DirectoriesRepository,
        IssuerLogoutsRepository,
        SessionService,
        SessionsRepository,
      ],
    };
  }
}
