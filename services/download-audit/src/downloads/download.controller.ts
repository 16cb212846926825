import type { Payload, Reply } from '@account-backups/contracts';
import { OnFact, OnRequest } from '@account-backups/messaging';
import { Controller } from '@nestjs/common';
import { CheckpointService } from '../anchoring/checkpoint.service.js';
import { DownloadService } from './download.service.js';

@Controller()
export class DownloadController {
  constructor(
    private readonly downloads: DownloadService,
    private readonly checkpoints: CheckpointService,
  ) {}

  @OnRequest('downloads.start')
  start(payload: Payload<'downloads.start'>): Promise<Reply<'downloads.start'>> {
    return this.downloads.start(payload);
  }

  @OnRequest('downloads.get')
  get(payload: Payload<'downloads.get'>): Promise<Reply<'downloads.get'>> {
    return this.downloads.get(payload);
  }

  @OnRequest('downloads.begin-range')
  beginRange(payload: Payload<'downloads.begin-range'>): Promise<Reply<'downloads.begin-range'>> {
    return this.downloads.beginRange(payload);
  }

  @OnRequest('downloads.note-sent')
  noteSent(payload: Payload<'downloads.note-sent'>): Promise<Reply<'downloads.note-sent'>> {
    return this.downloads.noteSent(payload);
  }

  @OnRequest('downloads.end-range')
  endRange(payload: Payload<'downloads.end-range'>): Promise<Reply<'downloads.end-range'>> {
    return this.downloads.endRange(payload);
  }

  @OnRequest('downloads.list')
  list(payload: Payload<'downloads.list'>): Promise<Reply<'downloads.list'>> {
    return this.downloads.list(payload);
  }

  // Safe to repeat: what is closed is no longer silent, and what was told is no longer due.
  @OnFact('schedule.ticked')
  async tick(): Promise<void> {
    await this.downloads.closeSilent();
    await this.downloads.recordTallies();
    await this.checkpoints.catchUp();
  }
}
