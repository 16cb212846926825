import { visible } from '@account-backups/local-stack/system/visible.js';
import { formatBytes } from './format-bytes.js';

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR_CELLS = 16;
const LINE_EVERY_MS = 5_000;

/** Shows how far an import has come: a moving bar on a terminal, a line every few seconds elsewhere. */
export class Progress {
  private files = 0;
  private sizeBytes = 0;
  private lastLineAt = Date.now();

  constructor(
    private readonly terminal: Terminal,
    private readonly total: { readonly files: number; readonly sizeBytes: number },
  ) {}

  advance(sizeBytes: number): void {
    this.files += 1;
    this.sizeBytes += sizeBytes;
    if (this.terminal.isTTY) this.terminal.write(`\r${this.bar()}\u001b[K`);
    else if (Date.now() - this.lastLineAt >= LINE_EVERY_MS) this.line();
  }

  /** Writes a sentence on a line of its own. */
  note(sentence: string): void {
    this.end();
    this.terminal.write(`${visible(sentence)}\n`);
  }

  /** Moves the cursor to a fresh line. */
  end(): void {
    if (this.terminal.isTTY && this.files > 0) this.terminal.write('\n');
  }

  private line(): void {
    this.lastLineAt = Date.now();
    this.terminal.write(`${this.counts()}\n`);
  }

  private bar(): string {
    const share = this.total.files === 0 ? 1 : this.files / this.total.files;
    const filled = Math.round(share * BAR_CELLS);
    const text = `[${'#'.repeat(filled)}${'.'.repeat(BAR_CELLS - filled)}] ${this.counts()}`;
    return text.slice(0, (this.terminal.columns ?? 80) - 1);
  }

  private counts(): string {
    const sizes = `${formatBytes(this.sizeBytes)} of ${formatBytes(this.total.sizeBytes)}`;
    return `${this.files} of ${this.total.files} files, ${sizes}`;
  }
}
