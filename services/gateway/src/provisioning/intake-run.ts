// One body of documents on its way into the register. It calls other services.
import { AppError, MIB, TURNS_A_CALL, type CalledBy, type Reply } from '@account-backups/contracts';
import type { Bus } from '@account-backups/messaging';
import type { Intake } from '../api/replies.js';
import type { IntakeDocument } from './intake-document.js';
import type { Line } from './lines.js';
import { OrgUnitCheck } from './org-unit-check.js';
import { readLine } from './read-line.js';

type Warning = Intake['warnings'][number];

const MAX_REJECTIONS = 10_000;
const MAX_WARNINGS = 1_000;
const BATCH_DOCUMENTS = 250;
const BATCH_BYTES = 4 * MIB;

/** Whose register changes, from which turn on, and who asks for it. */
interface Change {
  readonly accountId: string;
  readonly calledBy: CalledBy;
  readonly firstTurn: number;
}

/** Takes lines in their order, and registers the documents on them in batches. Memory: a batch, and what is told. */
export class IntakeRun {
  private readonly orgUnits: OrgUnitCheck;
  private readonly told = {
    accepted: 0,
    unchanged: 0,
    rejected: new Array<Intake['rejected'][number]>(),
    warnings: new Array<Warning>(),
    warningCount: 0,
  };
  private batch: IntakeDocument[] = [];
  private batchBytes = 0;
  private batches = 0;

  constructor(
    private readonly bus: Bus,
    private readonly change: Change,
  ) {
    this.orgUnits = new OrgUnitCheck(bus, change.accountId);
  }

  async take(line: Line): Promise<void> {
    const read = readLine(line);
    if (read === 'blank') return;
    if ('code' in read) {
      if (this.told.rejected.push(read) > MAX_REJECTIONS) throw tooManyRejected();
      return;
    }
    // A batch goes when it is known not to be the last one.
    if (this.batch.length === BATCH_DOCUMENTS || this.batchBytes > BATCH_BYTES) await this.register(false);
    this.batch.push({ line: line.number, document: read.document });
    this.batchBytes += line.bytes?.length ?? 0;
  }

  async end(): Promise<Intake> {
    if (this.batch.length > 0) await this.register(true);
    return this.told;
  }

  private async register(isLast: boolean): Promise<void> {
    const { batch } = this;
    const { accountId, calledBy, firstTurn } = this.change;
    if (this.batches === TURNS_A_CALL) throw tooManyDocuments();
    const turn = firstTurn + this.batches;
    const documents = batch.map(({ document }) => document);
    const call = { calledBy, firstTurn, isLast };
    const [registered, unknown] = await Promise.all([
      this.bus.request('documents.upsert', { accountId, turn, documents, call }),
      this.orgUnits.warningsOf(batch),
    ]);
    this.told.accepted += batch.length;
    this.told.unchanged += registered.unchanged ?? 0;
    this.warn([...olderIn(batch, registered), ...unknown]);
    this.batches += 1;
    this.batch = [];
    this.batchBytes = 0;
  }

  private warn(found: readonly Warning[]): void {
    const { warnings } = this.told;
    this.told.warningCount += found.length;
    const inOrder = found.toSorted((one, other) => one.line - other.line);
    warnings.push(...inOrder.slice(0, MAX_WARNINGS - warnings.length));
  }
}

function olderIn(batch: readonly IntakeDocument[], { older = [] }: Reply<'documents.upsert'>): readonly Warning[] {
  return older.flatMap(({ at, stored }) => {
    const given = batch[at];
    if (!given) return [];
    const { documentId, revision } = given.document;
    const found = revision ?? 0;
    const message = `revision ${found} of document ${documentId} changes nothing: revision ${stored} is known already`;
    return [{ line: given.line, code: 'OLDER_REVISION', message, documentId, found, stored }];
  });
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
