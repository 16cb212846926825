// Postgres error classes: https://www.postgresql.org/docs/current/errcodes-appendix.html
const UNIQUE_VIOLATION = '23505';
// Connection lost, out of resources, cancelled by a time-out, shut down, read-only, lock not had in time, disk fault.
const AWAY = /^(08...|53...|57014|57P0[1-5]|25006|55P03|58030)$/;
const NETWORK = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN)$/;

/** Whether a statement failed because such a row already exists; if a constraint is named, because of that one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const fault = driverFault(error);
  return fault.code === UNIQUE_VIOLATION && (constraint === undefined || fault.constraint === constraint);
}

/** Whether the database could not be reached or could not work, so the same work may succeed later. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = driverFault(error);
  if (code !== undefined) return AWAY.test(code) || NETWORK.test(code);
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
    message ?? '',
  );
}

/** Whether a pooler in front of the database refused a setting with which a session was to start. */
export function isStartSettingRefused(error: unknown): boolean {
  return /unsupported startup parameter/.test(driverFault(error).message ?? '');
}

interface DriverFault {
  readonly code?: string;
  readonly constraint?: string;
  readonly message?: string;
}

function driverFault(error: unknown): DriverFault {
  if (typeof error !== 'object' || error === null) return {};
  const { driverError } = error as { driverError?: unknown };
  return (typeof driverError === 'object' && driverError !== null ? driverError : error) as DriverFault;
}
