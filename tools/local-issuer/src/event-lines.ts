import { stdout } from 'node:process';
import type { LoggerService } from '@nestjs/common';

export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof levels)[number];

/** Writes one JSON line for each event, as the services do. */
export class EventLines {
  constructor(private readonly least: Level) {}

  write(level: Level, event: string, fields: Readonly<Record<string, unknown>> = {}): void {
    if (levels.indexOf(level) < levels.indexOf(this.least)) return;
    const line = { level, time: new Date().toISOString(), service: 'local-issuer', event, ...fields };
    stdout.write(
      `${JSON.stringify(line, (_key, value: unknown) => (value instanceof Error ? facts(value) : value))}\n`,
    );
  }

  /** For the libraries that log through Nest. */
  asLogger(): LoggerService {
    return {
      log: (message: unknown) => this.forward('info', message),
      warn: (message: unknown) => this.forward('warn', message),
      error: (message: unknown) => this.forward('error', message),
    };
  }

  private forward(level: Level, message: unknown): void {
    const { event, ...fields } = typeof message === 'object' && message !== null ? { event: '', ...message } : {};
    this.write(level, String(event ?? message), fields);
  }
}

function facts({ message, stack, cause }: Error): Readonly<Record<string, unknown>> {
  return { message, stack, ...(cause !== undefined && { cause }) };
}
