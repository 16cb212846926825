export { errorCodes, isErrorCode, type ErrorCode } from './error-codes.js';
export { AppError, type AppErrorBody, type AppErrorOptions, type InputFault } from './app-error.js';
