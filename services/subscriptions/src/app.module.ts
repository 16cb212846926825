import { DatabaseModule } from '@account-backups/database';
import { CallerLimits, Refusals, tokenIssuer, TokenVerifier, Trail } from '@account-backups/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import type { SubscriptionsConfig } from './config.js';
import { database } from './database.js';
import { ExpiringController } from './sales/expiring.controller.js';
import { ExpiringService } from './sales/expiring.service.js';
import { ListController } from './sales/list.controller.js';
import { ListService } from './sales/list.service.js';
import { OpenApiController } from './sales/open-api.controller.js';
import { StateController } from './terms/state.controller.js';
import { SubscriptionController } from './sales/subscription.controller.js';
import { SubscriptionService } from './terms/subscription.service.js';
import { TermsRepository } from './terms/terms.repository.js';

@Module({})
export class AppModule {
  static with(config: SubscriptionsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forService({ ...database, url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE }),
      ],
      controllers: [StateController, SubscriptionController, ExpiringController, ListController, OpenApiController],
      providers: [
        Trail,
        { provide: TokenVerifier, useValue: new TokenVerifier(tokenIssuer(config)) },
        { provide: CallerLimits, useValue: new CallerLimits(config) },
        Refusals,
        SubscriptionService,
        ExpiringService,
        ListService,
        TermsRepository,
      ],
    };
  }
}
