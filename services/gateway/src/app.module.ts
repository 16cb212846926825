import { CallerLimits, objectStoreProvider, Refusals, tokenIssuer, TokenVerifier } from '@account-backups/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { BackupsController } from './api/backups.controller.js';
import { EventStreams } from './api/event-streams.js';
import { EventsController } from './api/events.controller.js';
import { MeController } from './api/me.controller.js';
import { MeService } from './api/me.service.js';
import { OwnSessionsController } from './api/own-sessions.controller.js';
import { RequestSealer } from './api/request-sealer.js';
import { ClockReadiness } from './clock.readiness.js';
import { CONFIG, type GatewayConfig } from './config.js';
import { DocsController } from './docs/docs.controller.js';
import { DownloadService } from './download/download.service.js';
import { DownloadsController } from './download/downloads.controller.js';
import { BackChannelLogoutController } from './identity/back-channel-logout.controller.js';
import { CallerGuard } from './identity/caller.guard.js';
import { IssuerClient } from './identity/issuer-client.js';
import { LiveSessions } from './identity/live-sessions.js';
import { People } from './identity/people.js';
import { Sessions } from './identity/sessions.js';
import { RunningAnswers } from './identity/running-answers.js';
import { SessionSignals } from './identity/session-signals.controller.js';
import { SignInController } from './identity/sign-in.controller.js';
import { SignInService } from './identity/sign-in.service.js';
import { SignOutService } from './identity/sign-out.service.js';
import { keyRings } from './key-rings.js';
import { PageFiles } from './page/page-files.js';
import { WebPageController } from './page/web-page.controller.js';
import { DirectoryController } from './provisioning/directory.controller.js';
import { DocumentsIntake } from './provisioning/documents-intake.service.js';
import { DocumentsController } from './provisioning/documents.controller.js';
import { FilesIntake } from './provisioning/files-intake.service.js';
import { FilesController } from './provisioning/files.controller.js';
import { OrgUnitsController } from './provisioning/org-units.controller.js';
import { ReceiptKeysController } from './receipt/receipt-keys.controller.js';
import { ReceiptController } from './receipt/receipt.controller.js';
import { ReceiptSigner } from './receipt/receipt-signer.js';

@Module({})
export class AppModule {
  static with(config: GatewayConfig): DynamicModule {
    return {
      module: AppModule,
      controllers: [
        BackChannelLogoutController,
        BackupsController,
        DirectoryController,
        DocsController,
        DocumentsController,
        DownloadsController,
        EventsController,
        FilesController,
        MeController,
        OrgUnitsController,
        OwnSessionsController,
        ReceiptController,
        ReceiptKeysController,
        SessionSignals,
        SignInController,
        WebPageController,
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: TokenVerifier, useValue: new TokenVerifier(tokenIssuer(config)) },
        { provide: CallerLimits, useValue: new CallerLimits(config) },
        { provide: APP_GUARD, useClass: CallerGuard },
        objectStoreProvider(config),
        ...keyRings(config),
        ClockReadiness,
        DocumentsIntake,
        DownloadService,
        EventStreams,
        FilesIntake,
        IssuerClient,
        LiveSessions,
        MeService,
        PageFiles,
        People,
        ReceiptSigner,
        Refusals,
        RequestSealer,
        RunningAnswers,
        Sessions,
        SignInService,
        SignOutService,
      ],
    };
  }
}
