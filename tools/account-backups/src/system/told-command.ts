// What the audit is told of operators' commands.
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { AppError, SYSTEM_CHAIN, type TrailRecord } from '@account-backups/contracts';
import type { Bus } from '@account-backups/messaging';

type Teller = Pick<Bus, 'request'>;

/** What is told: who and when is added. */
type Told = Pick<TrailRecord, 'action' | 'subject' | 'details'> & Partial<Pick<TrailRecord, 'outcome'>>;

/**
 * Runs a command once the audit knows of it, and throws what the bus throws where that cannot be told. A command that
 * fails is told of again.
 */
export async function toldCommand<T>(
  bus: Teller,
  command: string,
  work: () => Promise<T>,
  subject: string | null = null,
) {
  const run = { action: 'command.run', subject, details: { command } };
  await tellAudit(bus, run);
  try {
    return await work();
  } catch (error) {
    const code = AppError.is(error) ? error.code : 'INTERNAL';
    const failed = { ...run, details: { command, code }, outcome: 'failed' as const };
    // Why the command failed is the answer, whatever becomes of this.
    await tellAudit(bus, failed).catch(() => undefined);
    throw error;
  }
}

/** Resolves when the audit has it. */
export async function tellAudit(bus: Teller, told: Told): Promise<void> {
  const operator = operatorName();
  const actor = { kind: 'operator', id: operator, name: null } as const;
  const record: TrailRecord = {
    recordId: randomUUID(),
    chainId: SYSTEM_CHAIN,
    at: new Date().toISOString(),
    actor,
    outcome: 'ok',
    ipAddress: null,
    userAgent: null,
    ...told,
    details: { ...told.details, host: hostname().slice(0, 200) },
  };
  await bus.request('trail.record', { records: [record] });
}

/** Who is at this terminal. A container's user may have no name. */
function operatorName(): string {
  try {
    return userInfo().username.slice(0, 200);
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
