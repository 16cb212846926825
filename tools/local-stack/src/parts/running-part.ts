/** A part that runs on this machine as a child of this process. */
export interface RunningPart {
  /** How to reach it, credentials included. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when it is gone, and says how it ended. */
  readonly exited: Promise<string>;
  /** Ends it in order; resolves when it is gone. */
  stop(): Promise<void>;
}
