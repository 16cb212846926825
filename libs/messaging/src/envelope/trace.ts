import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** Where a piece of work belongs (W3C Trace Context). */
interface Trace {
  /** 32 hex digits, the same through every service that a call touches. */
  readonly traceId: string;
  /** 16 hex digits, of this step. */
  readonly spanId: string;
}

/** Version 00; ids of zeros alone name nothing (section 3.2.2). */
const traceparentPattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

const storage = new AsyncLocalStorage<Trace>();

/** The trace of the work that runs now, if it has one. */
export function currentTrace(): Trace | undefined {
  return storage.getStore();
}

/** The `traceparent` to send along: of the current trace, or of a new one. */
export function outgoingTraceparent(): string {
  const traceId = currentTrace()?.traceId ?? randomHex(16);
  return `00-${traceId}-${randomHex(8)}-01`;
}

/** Runs `work` as a step of the trace that `traceparent` names, or of a new one where it names none. */
export function runWithTrace<T>(traceparent: unknown, work: () => T): T {
  const found = traceparentPattern.exec(typeof traceparent === 'string' ? traceparent : '');
  return storage.run({ traceId: found?.[1] ?? randomHex(16), spanId: randomHex(8) }, work);
}

function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
