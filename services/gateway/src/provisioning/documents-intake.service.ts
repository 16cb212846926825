import type { Readable } from 'node:stream';
import {
  AppError,
  documentIntake,
  faultsOf,
  MIB,
  TURNS_A_CALL,
  type RegisteredDocument,
} from '@account-backups/contracts';
import { Bus } from '@account-backups/messaging';
import { Injectable } from '@nestjs/common';
import type { Intake } from '../api/replies.js';
import { linesOf, type Line } from './lines.js';

type Rejection = Intake['rejected'][number];

const MAX_LINE_BYTES = 4 * MIB;
const MAX_REJECTIONS = 10_000;
const BATCH_DOCUMENTS = 250;
const BATCH_BYTES = 4 * MIB;

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

  async take(accountId: string, body: Readable | undefined): Promise<Intake> {
    const firstTurn = await this.begin(accountId);
    let batches = 0;
    const rejected: Rejection[] = [];
    let accepted = 0;
    let batch: RegisteredDocument[] = [];
    let batchBytes = 0;
    const flush = async () => {
      if (batch.length === 0) return;
      if (batches === TURNS_A_CALL) throw tooManyDocuments();
      await this.bus.request('documents.upsert', { accountId, turn: firstTurn + batches, documents: batch });
      batches += 1;
      accepted += batch.length;
      batch = [];
      batchBytes = 0;
    };
    for await (const line of linesOf(body ?? noBytes(), MAX_LINE_BYTES)) {
      const read = readLine(line);
      if (read === 'blank') continue;
      if ('code' in read) {
        if (rejected.push(read) > MAX_REJECTIONS) throw tooManyRejected();
        continue;
      }
      batch.push(read.document);
      batchBytes += line.bytes?.length ?? 0;
      if (batch.length === BATCH_DOCUMENTS || batchBytes > BATCH_BYTES) await flush();
    }
    await flush();
    return { accepted, rejected };
  }
}

function readLine(line: Line): 'blank' | Rejection | { document: RegisteredDocument } {
  const rejection = (message: string) => ({ line: line.number, code: 'VALIDATION_FAILED', message });
  if (!line.bytes) return rejection(`expected at most ${MAX_LINE_BYTES} bytes on the line`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line.bytes).trim();
    if (text === '') return 'blank';
    const checked = documentIntake.safeParse(JSON.parse(text));
    if (checked.success) return { document: checked.data };
    const faults = faultsOf(checked.error).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    return rejection(faults.slice(0, 5).join('; '));
  } catch {
    return rejection('expected one JSON object in UTF-8 on the line');
  }
}

function tooManyRejected(): AppError {
  return new AppError(
    'VALIDATION_FAILED',
    `more than ${MAX_REJECTIONS} lines are not documents; the first ones were sent`,
    {
      errors: [{ path: '', message: 'expected NDJSON: one document a line' }],
    },
  );
}

function tooManyDocuments(): AppError {
  return new AppError('VALIDATION_FAILED', 'too many documents for one call; the first ones were registered', {
    errors: [{ path: '', message: `expected at most ${TURNS_A_CALL * BATCH_DOCUMENTS} documents` }],
  });
}

async function* noBytes(): AsyncGenerator<Buffer> {}
