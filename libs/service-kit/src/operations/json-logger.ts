import { currentTrace } from '@account-backups/messaging';
import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as Pino } from 'pino';
import { LogOutput } from './log-output.js';
import { loggedError } from './logged-error.js';

/** Nest's logger, one JSON line for each event: level, time, service, where, trace, event and its fields. */
export class JsonLogger implements LoggerService {
  private readonly pino: Pino;

  constructor(service: string, level: string) {
    const options = {
      level,
      base: { service },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label: string) => ({ level: label }) },
      serializers: { error: loggedError },
    };
    const dropped = (lines: number) => {
      const event = { level: 'warn', time: new Date().toISOString(), service, event: 'log.dropped', lines };
      return `${JSON.stringify(event)}\n`;
    };
    this.pino = pino(options, new LogOutput(dropped));
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  // Nest passes the name of the class last and, for errors, the stack before it.
  private write(
    level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const where = rest.at(-1);
    const stack = rest.slice(0, -1).find((part) => typeof part === 'string');
    const trace = currentTrace();
    this.pino[level]({
      ...(typeof where === 'string' && { where }),
      ...(trace && { traceId: trace.traceId }),
      ...fieldsOf(message),
      ...(stack !== undefined && { stack }),
    });
  }
}

function fieldsOf(message: unknown): Record<string, unknown> {
  if (message instanceof Error) return { event: 'error', error: message };
  if (typeof message === 'object' && message !== null) return { ...message };
  return { event: String(message) };
}
