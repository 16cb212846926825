import type { Readable } from 'node:stream';
import type { CalledBy } from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable } from '@nestjs/common';
import type { Intake } from '../api/replies.js';
import { IntakeRun } from './intake-run.js';
import { linesOf, MAX_LINE_BYTES } from './lines.js';

/** Reads documents line by line: rejects each bad line by its number, registers the good ones in batches. */
@Injectable()
export class DocumentsIntake {
  constructor(private readonly bus: Bus) {}

  /** The first turn of a change to the register of a known account. */
  async begin(accountId: string): Promise<number> {
    const [{ turn }] = await Promise.all([
      this.bus.request('documents.begin-change', {}),
      this.bus.request('permissions.get-account', { accountId }),
    ]);
    return turn;
  }

  async take(
    { accountId, calledBy }: { readonly accountId: string; readonly calledBy: CalledBy },
    body: Readable | undefined,
  ): Promise<Intake> {
    const run = new IntakeRun(this.bus, { accountId, calledBy, firstTurn: await this.begin(accountId) });
    for await (const line of linesOf(body ?? noBytes(), MAX_LINE_BYTES)) await run.take(line);
    return run.end();
  }
}

async function* noBytes(): AsyncGenerator<Buffer> {}
