import { errorCodes, isErrorCode, type ErrorCode } from './error-codes.js';

/** One fault in an input: where it lies (`orgUnits[3].name`) and what was expected there. */
export interface InputFault {
  readonly path: string;
  readonly message: string;
}

interface AppErrorOptions {
  readonly cause?: unknown;
  /** Facts for the caller: never a secret, never a name the caller may not see. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly InputFault[];
}

/** An error as it travels in a reply. */
interface AppErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly InputFault[];
}

/**
 * The one error class: a stable code of the table, and a message that says what, which value, and what was expected.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly InputFault[];

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    if (options.details) this.details = options.details;
    if (options.errors) this.errors = options.errors;
  }

  /** HTTP status of the code. */
  get status(): number {
    return errorCodes[this.code].status;
  }

  /** Whether the same work may succeed later without anybody changing it. */
  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }

  /** The plain object that carries this error over a message; the cause stays behind. */
  toBody(): AppErrorBody {
    return {
      code: this.code,
      message: this.message,
      ...(this.details && { details: this.details }),
      ...(this.errors && { errors: this.errors }),
    };
  }

  /** Rebuilds an error from a reply; an unknown code becomes `INTERNAL`. */
  static fromBody(body: unknown): AppError {
    const { code, message, details, errors } = (body ?? {}) as Partial<AppErrorBody>;
    const text = typeof message === 'string' ? message : 'a service failed without saying why';
    return new AppError(isErrorCode(code) ? code : 'INTERNAL', text, {
      ...(details && { details }),
      ...(errors && { errors }),
    });
  }

  static is(error: unknown, ...codes: readonly ErrorCode[]): error is AppError {
    return error instanceof AppError && (codes.length === 0 || codes.includes(error.code));
  }
}
