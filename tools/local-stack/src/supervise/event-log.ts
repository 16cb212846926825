// The log of one child: every line goes to a file of bounded size as JSON, warnings and errors also to the terminal.
import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { MIB } from '@account-backups/contracts';

const MAX_FILE_BYTES = 10 * MIB;
/** What goes wrong every second is news once a minute; the file has all of it. */
const SAID_AGAIN_AFTER_MS = 60_000;
const LOUD = new Set(['warn', 'error', 'fatal']);

/** Keeps the previous log beside a new one. */
export function rotate(file: string): void {
  if (existsSync(file)) renameSync(file, `${file}.1`);
}

export class EventLog {
  private rest = '';
  private sizeBytes: number;
  private said = '';
  private saidAt = 0;

  constructor(
    private readonly name: string,
    private readonly file: string,
    private readonly terminal: (line: string) => void,
  ) {
    this.sizeBytes = existsSync(file) ? statSync(file).size : 0;
  }

  /** Takes output as it comes; a line may arrive in pieces. */
  take(chunk: string): void {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    lines.filter((line) => line.trim() !== '').forEach((line) => this.write(line));
  }

  /** Writes what was left without a line end. */
  close(): void {
    this.take('\n');
  }

  /** An event of the supervisor's own about this child. */
  note(level: string, event: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.write(JSON.stringify({ level, time: new Date().toISOString(), service: this.name, event, ...fields }));
  }

  private write(line: string): void {
    const parsed = parse(line);
    if (!parsed) return this.note('error', 'output', { text: line });
    try {
      this.append(line);
    } catch (error) {
      // A full disk costs lines of the log, not the system.
      this.say(`${this.name}: its log cannot be written: ${String(error)}`);
    }
    if (LOUD.has(String(parsed.level))) this.say(`${this.name}: ${inShort(parsed)}`);
  }

  private append(line: string): void {
    if (this.sizeBytes + line.length > MAX_FILE_BYTES) {
      rotate(this.file);
      this.sizeBytes = 0;
    }
    appendFileSync(this.file, `${line}\n`, { mode: 0o600 });
    this.sizeBytes += line.length + 1;
  }

  private say(line: string): void {
    if (line === this.said && Date.now() - this.saidAt < SAID_AGAIN_AFTER_MS) return;
    this.said = line;
    this.saidAt = Date.now();
    this.terminal(line);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function parse(line: string): Fields | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Fields;
  } catch {
    return undefined;
  }
}

/** Level, event and the one field that says why. */
function inShort(fields: Fields): string {
  const error = fields.error as { message?: unknown } | undefined;
  const why = fields.text ?? error?.message ?? fields.reason ?? fields.message;
  return [fields.level, fields.event, why].filter((part) => typeof part === 'string').join(' ');
}
