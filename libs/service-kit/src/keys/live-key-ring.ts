// Reads a file again every half second: a timer, and what it last found.
import { open } from 'node:fs/promises';
import { KeyRing, MAX_RING_BYTES } from './key-ring.js';

const LOOK_EVERY_MS = 500;

interface LiveRingOptions {
  readonly ring: KeyRing;
  /** Where the ring may change; undefined for one that stays as it is. */
  readonly file: string | undefined;
  /** Reads what the file says; throws what is wrong with it. */
  readonly parse: (text: string) => KeyRing;
  /** Told once each time the ring changes. */
  readonly onChange: (keyIds: readonly string[]) => void;
  /** Told once for each new fault of the file. */
  readonly onFault: (fault: string) => void;
}

/** What a process says of a ring: the ids of its keys, the active one first, and what is wrong with its file. */
interface RingReport {
  readonly keyIds: readonly string[];
  readonly fault: string | null;
}

/**
 * A ring that follows its file. The file is read anew by its name, so one that was renamed into its place and one
 * behind a link that was turned are found alike. While it cannot be read or says something wrong, the ring stays.
 */
export class LiveKeyRing {
  private ring: KeyRing;
  private fault: string | null = null;
  private readonly timer: NodeJS.Timeout | undefined;
  private isLooking = false;

  constructor(private readonly options: LiveRingOptions) {
    this.ring = options.ring;
    if (options.file !== undefined) this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  /** Ask each time: it changes. */
  get current(): KeyRing {
    return this.ring;
  }

  report(): RingReport {
    return { keyIds: this.ring.keyIds, fault: this.fault };
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    if (this.isLooking || this.options.file === undefined) return;
    this.isLooking = true;
    try {
      this.take(this.options.parse(await textOf(this.options.file)));
    } catch (error) {
      this.note(error instanceof Error ? error.message : String(error));
    } finally {
      this.isLooking = false;
    }
  }

  private take(ring: KeyRing): void {
    this.fault = null;
    if (ring.toText() === this.ring.toText()) return;
    this.ring = ring;
    this.options.onChange(ring.keyIds);
  }

  private note(fault: string): void {
    if (fault === this.fault) return;
    this.fault = fault;
    this.options.onFault(fault);
  }
}

/** As much as a ring may have, and a byte more, by which a larger one is refused. */
async function textOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_RING_BYTES + 1), 0, MAX_RING_BYTES + 1, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
